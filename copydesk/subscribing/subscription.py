"""Events of a topic as typed records, for a program: filtered, at least once, committed when it says so."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import orjson
from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from copydesk import clients
from copydesk.agents.settings import load
from copydesk.schemas import Article, ContractError, DeadLetter, RawArticle
from copydesk.schemas.codec import decode, validate
from copydesk.schemas.record import Record
from copydesk.schemas.topics import Topics
from copydesk.subscribing.filters import matching

R = TypeVar("R", bound=Record)

RECORDS: dict[str, type[Record]] = {
    "raw": RawArticle, "raw.backfill": RawArticle, "extracted": Article, "deduplicated": Article,
    "deduplicated.backfill": Article, "enriched": Article, "duplicates": Article, "deadletter": DeadLetter,
}  # fmt: skip


class UnreadableEvent(ValueError):
    """A message is not what its topic holds; iteration can go on behind it. The message names the position."""


@dataclass(frozen=True, slots=True)
class Event(Generic[R]):
    """One message: its record, where it lies, its CloudEvents headers, and its value as it is."""

    record: R
    topic: str
    partition: int
    offset: int
    headers: dict[str, str]
    value: bytes


class Subscription(Generic[R]):
    """An iterator, plain or async, over the events of a topic; use it in a ``with`` block, or ``close`` it.

    Iterating never ends by itself. With a group, ``commit`` says that every event handed out so far is done: after a
    stop the group goes on behind it, so that an event may come twice, and none is lost. Upsert by ``id`` + ``version``.
    """

    def __init__(self, consumer: KafkaConsumer, record: type[R], where: str | None) -> None:
        self._consumer = consumer
        self._record = record
        self._test = matching(where) if where else None
        self._polled: deque[Any] = deque()
        self._done: dict[TopicPartition, int] = {}
        # Kafka's client is for one thread at a time; one that nobody waits for any longer may still be polling.
        self._one = threading.Lock()

    def __iter__(self) -> Iterator[Event[R]]:
        return self

    def __next__(self) -> Event[R]:
        """The next event that passes the filter.

        Raises:
            UnreadableEvent: the next message is not what its topic holds.
        """
        while True:
            while not self._polled:
                self._poll()
            if (event := self._next_polled()) is not None:
                return event

    async def __aiter__(self) -> AsyncIterator[Event[R]]:
        while True:
            while not self._polled:
                await asyncio.to_thread(self._poll)
            if (event := self._next_polled()) is not None:
                yield event

    def commit(self) -> None:
        """Every event handed out so far is done, and so are those that the filter passed over."""
        if self._done:
            offsets = {at: OffsetAndMetadata(offset, "", -1) for at, offset in self._done.items()}
            with self._one:
                clients.commit(self._consumer, offsets)
            self._done.clear()

    def close(self) -> None:
        """Leave the group; what was not committed comes again."""
        with self._one:
            self._consumer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _poll(self) -> None:
        with self._one:
            for records in self._consumer.poll(timeout_ms=500).values():
                self._polled.extend(records)

    def _next_polled(self) -> Event[R] | None:
        message = self._polled.popleft()
        self._done[TopicPartition(message.topic, message.partition)] = message.offset + 1
        if message.value is None:  # a mark that a dead letter was sent back
            return None
        try:
            if self._test is None:
                record = decode(self._record, message.value)
            else:
                fields = orjson.loads(message.value or b"null")
                if not self._test(fields):
                    return None
                record = validate(self._record, fields)
        except (ContractError, orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
            raise UnreadableEvent(f"{message.topic}/{message.partition}/{message.offset}: {error}") from error
        headers = {name: value.decode(errors="replace") for name, value in message.headers}
        return Event(record, message.topic, message.partition, message.offset, headers, message.value)


def subscribe(
    topic: str = "enriched",
    *,
    broker: str | None = None,
    group: str | None = None,
    where: str | None = None,
    since: datetime | None = None,
    from_beginning: bool = True,
    prefix: str | None = None,
) -> Subscription[Any]:
    """The events of ``topic``: raw, extracted, deduplicated, enriched, duplicates or deadletter.

    Args:
        broker: where Kafka is; without it COPYDESK_BROKER, else 127.0.0.1:9092.
        group: consumer group: it goes on where it has committed, and shares the topic with others of its name. Without
            one every event comes, from the oldest kept, or from now on with ``from_beginning=False``.
        where: a filter, see ``copydesk.subscribing.filters``.
        since: only what was written from then on; a time with a zone. A group starts where it committed instead.
        prefix: of the installation's topic names; without it COPYDESK_TOPIC_PREFIX.

    Raises:
        FilterError: the filter cannot be read.
        BrokerUnavailable: no broker answers, or (without a group) the topic is not there.
        ValueError: there is no such topic, or ``since`` goes with a group or has no zone.
    """
    if since is not None and (group is not None or since.tzinfo is None):
        raise ValueError("since= takes a time with a zone, and no group: a group goes on where it committed")
    settings = load(broker=broker, topic_prefix=prefix)
    prefix = settings.topic_prefix
    name = topic_named(topic, settings.topics)
    consumer = clients.consumer(settings.broker, name, group=group, from_beginning=from_beginning)
    try:
        if since is not None:
            clients.seek_to_time(consumer, since)
        return Subscription(consumer, RECORDS[name.removeprefix(prefix).removeprefix("news.")], where)
    except BaseException:
        consumer.close()
        raise


def topic_named(topic: str, wanted: Topics) -> str:
    """The full name of ``topic``, given in full or by what is behind ``news.``.

    Raises:
        ValueError: there is no such topic; the message names those there are.
    """
    names = [found.name for found in wanted.all if not found.compacted]
    for name in names:
        if topic in (name, name.rpartition("news.")[2]):
            return name
    short = ", ".join(name.rpartition("news.")[2] for name in names)
    raise ValueError(f"no topic {topic!r}; there are {short}")
