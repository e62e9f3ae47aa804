"""A message that failed, made into a record that can be understood, repaired and sent again."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, Protocol

from pebble import ProcessExpired

from copydesk.agents.carrying.pool import OUT_OF_MEMORY
from copydesk.agents.kafka.outbox import Outgoing, RecordTooLarge
from copydesk.pipeline.extraction import ExtractionError
from copydesk.schemas import ContractError, DeadLetter, Failure, cloudevents, encode

MESSAGE_LIMIT = 4_000  # characters; an error may quote the page
TRACEBACK_LIMIT = 20_000


class Message(Protocol):
    """What of a Kafka record a dead letter keeps."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Iterable[tuple[str, bytes]] | None


class PageTimeout(Exception):
    """A page took longer than ``page_seconds`` in one stage."""


class OutOfMemory(Exception):
    """The pool process that worked the page had taken ``process_memory``, twice."""


class ProcessDied(Exception):
    """The pool process that worked the page died of it: out of memory, or a crash in native code."""


def named(error: BaseException, seconds: float) -> BaseException:
    """``error`` under the name a reader of dead letters should see."""
    if isinstance(error, ProcessExpired) and error.exitcode == OUT_OF_MEMORY:
        return OutOfMemory("took more than process_memory")
    if isinstance(error, ProcessExpired):
        return ProcessDied(f"exit code {error.exitcode}")
    if isinstance(error, TimeoutError):
        return PageTimeout(f"took longer than {seconds:g} s")
    return error


def article_of(message: Message) -> dict[str, str]:
    """The id of the article that ``message`` holds, by its headers, as ``article``; of a raw page nothing."""
    event = dict(message.headers or ()).get("ce_id", b"")
    id, _, _ = bytes(event).decode("utf-8", "replace").rpartition(".")
    return {"article": id} if id else {}


def loggable(error: BaseException) -> str:
    """What of ``error`` may be logged: its letter says all, a log must not quote the page."""
    if isinstance(error, ContractError):
        return "; ".join(f"{problem.path}: expected {problem.expected}" for problem in error.problems)
    ours = (ExtractionError, PageTimeout, ProcessDied, RecordTooLarge)
    return str(error) if isinstance(error, ours) else "its letter says more"


def dead_letter(
    message: Message, error: BaseException, *, stage: str, attempts: int, topic: str, whole: bool = True
) -> Outgoing:
    """The dead letter of ``message``, keyed like it.

    ``whole=False`` leaves out key, value and headers, for a record too large to send once more.
    """
    key, key_encoding = _text(message.key if whole else None)
    value, value_encoding = _text(message.value if whole else None)
    here = f"{message.topic}/{message.partition}/{message.offset}"
    kept = {name: bytes(header).decode("utf-8", "replace") for name, header in message.headers or ()}
    failed_at = datetime.now(UTC)
    letter = DeadLetter(
        stage=stage,
        error=Failure(
            type=type(error).__name__,
            message=str(error)[:MESSAGE_LIMIT],
            traceback=_traceback(error)[-TRACEBACK_LIMIT:],
        ),
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        attempts=attempts,
        failed_at=failed_at,
        key=key,
        key_encoding=key_encoding,
        value=value,
        value_encoding=value_encoding,
        headers=kept if whole else {},
    )
    headers = cloudevents.headers(
        id=f"{here}/{stage}",
        source=f"copydesk/{stage}",
        type="copydesk.deadletter",
        time=failed_at,
        subject=here,
        correlation_id=here if stage == "extract" else kept.get("ce_correlationid", here),
    )
    return Outgoing(topic, message.key if whole else None, encode(letter), headers)


def _text(value: bytes | None) -> tuple[str | None, Literal["utf-8", "base64"]]:
    if value is None:
        return None, "utf-8"
    try:
        return value.decode(), "utf-8"
    except UnicodeDecodeError:
        return base64.b64encode(value).decode(), "base64"


def _traceback(error: BaseException) -> str:
    # An error from a pool process carries its traceback as text (pebble); our own side of it says nothing.
    remote = getattr(error, "traceback", None)
    return remote if isinstance(remote, str) else "".join(traceback.format_exception(error))
