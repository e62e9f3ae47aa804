"""Another crawler's Kafka topic as a source of pages: read in a group, committed when the broker has our copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kafka import KafkaConsumer, KafkaProducer

from copydesk import clients
from copydesk.feeding import Lane, Tally, feed
from copydesk.rows import Row
from schemas.topics import Topics


def group(topic: str) -> str:
    """The consumer group that bridges ``topic``: several bridges share its partitions."""
    return f"copydesk-bridge-{topic}"


def bridge(
    source: KafkaConsumer, producer: KafkaProducer, topics: Topics, lane: Lane, tally: Tally, **how: Any
) -> Iterator[Row]:
    """Feed what has arrived on ``source``; ``how`` as for ``feed``. A message without a value is passed over.

    Raises:
        SendError: the broker did not confirm a page; it and those with it come again.
    """
    polled = source.poll(timeout_ms=1000).values()
    found = [
        Row(f"{record.topic}/{record.partition}/{record.offset}", record.value)
        for records in polled
        for record in records
        if record.value is not None
    ]
    yield from feed(found, producer, topics, lane, tally, **how)  # which ends when all are confirmed
    if polled:
        clients.commit(source)
