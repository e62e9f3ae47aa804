"""Sends rows to ``news.raw`` as RawArticles, and keeps count of what was refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from kafka import KafkaProducer

from copydesk.records import Row, raw_article
from schemas import ContractError, RawArticle, encode
from schemas.topics import MAX_MESSAGE_BYTES, Topics

Lane = Literal["live", "backfill"]
SHOWN = 20  # refused rows that are named; the rest are counted


class SendError(Exception):
    """The broker did not take a page; the message says which and why."""


@dataclass
class Tally:
    """How a feed went."""

    sent: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By what was expected of the field at fault."""
    examples: list[str] = field(default_factory=list)
    """The first refused rows: ``file:line: why``."""

    def refuse(self, where: str, error: ContractError) -> None:
        """Count a refused row."""
        self.refused.update({f"{problem.path}: expected {problem.expected}" for problem in error.problems})
        if len(self.examples) < SHOWN:
            self.examples.append(f"{where}: {error}")


def feed(rows: Iterable[Row], producer: KafkaProducer, topics: Topics, lane: Lane, tally: Tally) -> Iterator[Row]:
    """Send each row, and yield it when it has been handed over; ``tally`` is right when all is said and done.

    A row without ``fetched_at`` counts as fetched now.

    Raises:
        SendError: the broker did not confirm a page; what was sent before it stays sent.
    """
    topic = (topics.raw if lane == "live" else topics.raw_backfill).name
    failures: list[str] = []
    now = datetime.now(UTC)
    for row in rows:
        try:
            article = raw_article(row.fields(), now)
            value = encode(article.model_copy(update={"lane": lane}))
            if len(value) > MAX_MESSAGE_BYTES:
                raise SendError(f"{row.where}: {len(value):,} bytes, the topic takes {MAX_MESSAGE_BYTES:,}")
        except ContractError as error:
            tally.refuse(row.where, error)
        else:
            sending = producer.send(topic, key=key_of(article), value=value)
            sending.add_errback(lambda error, where=row.where: failures.append(f"{where}: {error}"))
            tally.sent += 1
        if failures:
            break
        yield row
    producer.flush()
    if failures:
        raise SendError(failures[0])


def key_of(article: RawArticle) -> bytes | None:
    """The key of a raw page: its URL, so that versions of a page keep their order."""
    return article.url.encode("utf-8", "replace") if article.url else None
