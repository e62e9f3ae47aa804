"""The dead letters as people work with them: what there is, and sending them back after a fix.

A letter that was sent back leaves the count: the copy on the raw topic carries ``copydesk-replay-of``, the letter's own
position, and a note with the same header stands on the dead-letter topic as a tombstone of that key.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from copydesk import clients
from copydesk.schemas import ContractError, DeadLetter, decode
from copydesk.schemas.cloudevents import ASKED
from copydesk.schemas.topics import Topics

REPLAYED = "copydesk-replay-of"
ATTEMPTS = "copydesk-attempts"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter where it lies; ``replays`` is how often its message had been sent back before it failed again."""

    letter: DeadLetter
    partition: int
    offset: int
    key: bytes | None

    @property
    def position(self) -> str:
        """Partition and offset, which name it."""
        return f"{self.partition}/{self.offset}"

    @property
    def message(self) -> bytes:
        """The original value."""
        value = self.letter.value or ""
        return base64.b64decode(value) if self.letter.value_encoding == "base64" else value.encode()

    @property
    def replays(self) -> int:
        """How often the message has been sent back already."""
        told = self.letter.headers.get(ATTEMPTS, "0")
        return int(told) if told.isdecimal() else 0


@dataclass
class Summary:
    """What there is, by stage and error."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], Letter] = field(default_factory=dict)
    replayed: int = 0


def letters(broker: str, topics: Topics) -> Iterator[Letter]:
    """Every dead letter there is now and that was neither sent back nor discarded, oldest first in each partition.

    Raises:
        BrokerUnavailable: no broker answers, or the topic is missing.
    """
    consumer = clients.consumer(broker, topics.dead_letters.name)
    try:
        yield from _waiting(consumer)
    finally:
        consumer.close()


def _waiting(consumer: KafkaConsumer) -> Iterator[Letter]:
    # Twice through the topic rather than all letters in memory: each may be megabytes.
    ends: dict[TopicPartition, int] = consumer.end_offsets(list(consumer.assignment()))
    gone = {
        value.decode()
        for record in _records(consumer, ends)
        if record.value is None
        for name, value in record.headers
        if name == REPLAYED
    }
    for record in _records(consumer, ends):
        if record.value is not None and (letter := _letter(record)) and letter.position not in gone:
            yield letter


def _records(consumer: KafkaConsumer, ends: dict[TopicPartition, int]) -> Iterator[Any]:
    consumer.seek_to_beginning()
    while any(consumer.position(at) < end for at, end in ends.items()):
        for at, records in consumer.poll(timeout_ms=500).items():
            yield from (record for record in records if record.offset < ends[at])


def _letter(record: Any) -> Letter | None:
    try:
        return Letter(decode(DeadLetter, record.value), record.partition, record.offset, record.key)
    except ContractError:
        return None  # another program's message on our topic


def summary(found: Iterable[Letter]) -> Summary:
    """Counts and a sample of each kind."""
    made = Summary()
    for one in found:
        kind = one.letter.stage, one.letter.error.type
        made.counts[kind] += 1
        made.samples.setdefault(kind, one)
    return made


def discard(found: Iterable[Letter], producer: KafkaProducer, topics: Topics) -> int:
    """Let each letter leave the count without being sent back: it was repaired elsewhere, or is nothing; how many."""
    count = 0
    for count, one in enumerate(found, 1):  # noqa: B007 - the last is the count
        _mark(one, producer, topics)
    return count


def replay(
    found: Iterable[Letter], producer: KafkaProducer, topics: Topics, limit: int
) -> Iterator[tuple[Letter, str | None]]:
    """Send each letter's message back to the topic it came from, and yield it with why it was not, if so.

    A message goes back ``limit`` times at most: what has failed so often needs a fix, not another try. The letter is
    marked when the broker has its message.
    """
    for one in found:
        refusal = _refusal(one, topics, limit)
        if refusal is None:
            _send_back(one, producer, topics)
        yield one, refusal


def _shard(one: Letter, topics: Topics) -> int | None:
    """The partition that the message goes back to: on news.extracted its shard, whose number may have changed since."""
    if one.letter.topic != topics.extracted.name or one.key is None:
        return None  # the key decides
    from copydesk.pipeline.deduplication import shard_of  # noqa: PLC0415 - a feeder has no numpy

    return shard_of(one.key.decode(errors="replace"), topics.extracted.partitions)


def _send_back(one: Letter, producer: KafkaProducer, topics: Topics) -> None:
    kept = {**one.letter.headers, REPLAYED: one.position, ATTEMPTS: str(one.replays + 1)}
    kept.pop(ASKED, None)  # its round among the shards begins anew
    back = producer.send(
        one.letter.topic,
        key=one.key,
        value=one.message,
        headers=[(name, value.encode()) for name, value in kept.items()],
        partition=_shard(one, topics),
    )
    back.get(timeout=PATIENCE_SECONDS)
    _mark(one, producer, topics)


def _mark(one: Letter, producer: KafkaProducer, topics: Topics) -> None:
    mark = [(REPLAYED, one.position.encode())]
    producer.send(
        topics.dead_letters.name, key=one.key or b"replayed", headers=mark, partition=one.partition
    ).get(timeout=PATIENCE_SECONDS)  # fmt: skip


def _refusal(one: Letter, topics: Topics, limit: int) -> str | None:
    if one.letter.topic not in topics.names:
        return f"its topic {one.letter.topic!r} is none of this installation"
    if one.letter.value is None:
        return "its message was too large to keep, or had no value"
    return f"it was sent back {one.replays} times already" if one.replays >= limit else None


def wanted(stage: str | None, error: str | None, text: str | None) -> Callable[[Letter], bool]:
    """Whether a letter is of that stage, error type, and holds ``text`` in its message."""

    def test(one: Letter) -> bool:
        letter = one.letter
        return (
            stage in (None, letter.stage)
            and error in (None, letter.error.type)
            and (text is None or text in letter.error.message)
        )

    return test
