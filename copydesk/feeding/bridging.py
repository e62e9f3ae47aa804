"""Another crawler's Kafka topic as a source of pages: read in a group, committed when the broker has our copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kafka import KafkaConsumer, KafkaProducer

from copydesk import clients
from copydesk.feeding.feeder import Lane, Tally, feed
from copydesk.feeding.pace import paced
from copydesk.feeds.row import Row
from copydesk.schemas.topics import Topics


def group(topic: str) -> str:
    """The consumer group that bridges ``topic``: several bridges share its partitions."""
    return f"copydesk-bridge-{topic}"


def bridge(
    source: KafkaConsumer,
    producer: KafkaProducer,
    topics: Topics,
    lane: Lane,
    tally: Tally,
    *,
    rate: float | None = None,
    **how: Any,
) -> Iterator[Row]:
    """Feed what has arrived on ``source``, ``rate`` a second at most; ``how`` as for ``feed``.

    Raises:
        SendError: the broker did not confirm a page; it and those with it come again.
    """
    # No more at once than a slow rate lets through before the group takes the bridge for dead.
    most = max(1, min(500, int(60 * rate))) if rate else 500
    polled = source.poll(timeout_ms=1000, max_records=most).values()
    found = [row_of(record) for records in polled for record in records if record.value is not None]
    yield from feed(paced(found, rate), producer, topics, lane, tally, **how)  # which ends when all are confirmed
    if polled:
        clients.commit(source)


def lying(source: KafkaConsumer) -> Iterator[Row]:
    """What lies on the topic of ``source``, from its oldest message to the newest there is now."""
    ends = source.end_offsets(list(source.assignment()))
    source.seek_to_beginning()
    while any(source.position(at) < end for at, end in ends.items()):
        for records in source.poll(timeout_ms=500).values():
            yield from (row_of(record) for record in records if record.value is not None)


def row_of(record: Any) -> Row:
    """A message as a row: its JSON, without the five bytes that a schema registry's serializer sets before it."""
    value: bytes = record.value
    return Row(f"{record.topic}/{record.partition}/{record.offset}", value[5:] if value[:1] == b"\0" else value)
