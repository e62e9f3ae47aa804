"""A message that could not be worked, kept whole, on ``news.deadletter``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.schemas.record import Instant, Record


class Failure(Record):
    """Why: ``type`` is the error's class name, ``message`` what it said, ``traceback`` where (ours, not the page's)."""

    type: str
    message: str
    traceback: str | None = None


class DeadLetter(Record):
    """The original record with the reason beside it; enough to understand, repair and send again.

    ``value`` is the original value as text, or base64 when it is not UTF-8 (``value_encoding`` says which). It is
    absent only when the record was too large for the dead-letter topic or was a tombstone; ``topic``, ``partition``
    and ``offset`` still say where the original lies.
    """

    stage: str
    error: Failure
    topic: str
    partition: int
    offset: int
    attempts: Annotated[int, Field(ge=1)]
    failed_at: Instant
    key: str | None = None
    key_encoding: Literal["utf-8", "base64"] = "utf-8"
    value: str | None = None
    value_encoding: Literal["utf-8", "base64"] = "utf-8"
    headers: dict[str, str] = Field(default_factory=dict)
