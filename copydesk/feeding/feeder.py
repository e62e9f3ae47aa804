"""Sends rows to ``news.raw`` as RawArticles, and keeps count of what was refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from kafka import KafkaProducer
from kafka.errors import KafkaError

from copydesk.feeding.in_flight import InFlight
from copydesk.feeds import Format, read
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError, Problem, RawArticle, encode
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, Topics

Lane = Literal["live", "backfill"]

SHOWN = 20  # refused rows that are named; the rest are counted
ROOM = 16 * 1024  # bytes of a record besides its value: the longest URL, headers, the batch round it


class SendError(Exception):
    """The broker did not take a page; the message says which and why."""


@dataclass
class Tally:
    """How a feed went."""

    sent: int = 0
    """Pages that the broker has confirmed."""
    formats: Counter[str] = field(default_factory=Counter)
    """Of the pages, by the format they came in."""
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Of the refusals, by field and what was expected of it; a row may have several."""
    examples: list[str] = field(default_factory=list)
    """The first refused rows: ``file:line: why``."""

    def confirm(self, _: object) -> None:
        """Count a page that the broker has."""
        self.sent += 1

    def refuse(self, where: str, error: ContractError) -> None:
        """Count a refused row."""
        self.refused += 1
        self.reasons.update({f"{problem.path}: expected {problem.expected}" for problem in error.problems})
        if len(self.examples) < SHOWN:
            self.examples.append(f"{where}: {error}")


def feed(
    rows: Iterable[Row],
    producer: KafkaProducer,
    topics: Topics,
    lane: Lane,
    tally: Tally,
    *,
    chosen: Format | None = None,
    checked: bool = True,
    fetched: datetime | None = None,
) -> Iterator[Row]:
    """Send each row, and yield it when it has been handed over; ``tally`` is right when all is said and done.

    A row without ``fetched_at`` counts as ``fetched`` then, or now, if that is not given; on the backfill lane it is
    refused: dated today, an archive's page would pass for a new version. A row is in the format ``chosen``, else in the
    one recognised.
    With ``checked=False`` lines go out as they are, whatever they hold, and without a key.

    Raises:
        SendError: the broker did not confirm a page; what was sent before it stays sent.
    """
    topic = (topics.raw if lane == "live" else topics.raw_backfill).name
    failures: list[str] = []
    in_flight = InFlight()
    then = fetched or (datetime.now(UTC) if lane == "live" else None)
    try:
        for row in rows:
            try:
                if checked or row.page is not None or row.refused:
                    key, value, name = message(row, lane, then, chosen)
                    tally.formats[name] += 1
                else:
                    key, value = None, row.line.strip()
            except ContractError as error:
                tally.refuse(row.where, error)
            else:
                sending = producer.send(topic, key=key, value=value)
                sending.add_callback(tally.confirm)
                sending.add_errback(lambda error, where=row.where: failures.append(f"{where}: {error}"))
                in_flight.add(sending, len(value))
                in_flight.wait()
            if failures:
                break
            yield row
        producer.flush()
    except KafkaError as error:
        failures.append(f"{type(error).__name__}: {error}")
    if failures:
        raise SendError(failures[0])


def message(
    row: Row, lane: Lane, fetched: datetime | None, chosen: Format | None = None
) -> tuple[bytes | None, bytes, str]:
    """The key and value that ``row`` goes out as, and the format it was in; ``fetched`` is when, if it does not say.

    Raises:
        ContractError: the row is no RawArticle, or too large for the topic.
    """
    article, name = read(row, fetched, chosen)
    value = encode(article.model_copy(update={"lane": lane}))
    if len(value) > MAX_MESSAGE_BYTES - ROOM:
        raise ContractError((Problem("$", f"at most {MAX_MESSAGE_BYTES - ROOM:,} bytes", f"{len(value):,}"),))
    return key_of(article), value, name


def key_of(article: RawArticle) -> bytes | None:
    """The key of a raw page: its URL, so that versions of a page keep their order."""
    return article.url.encode("utf-8", "replace") if article.url else None
