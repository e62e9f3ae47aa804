"""Moves a topic into a sink: a batch is written, then its offsets are committed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from kafka import KafkaConsumer

from copydesk import clients
from copydesk.sinks import Event, Sink

NO_EVENT = (AttributeError, KeyError, TypeError, ValueError)

log = logging.getLogger(__name__)


def sink(
    consumer: KafkaConsumer, into: Sink, *, batch: int, seconds: float, test: Callable[[Event], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Write batches of ``batch`` events, or of what came in ``seconds``, for ever.

    Yields how many messages were read, and how many kept. A message that is no event of its topic's kind is named in
    the log and passed over; it stays on its topic.

    Raises:
        SinkError: a batch was not kept; its offsets are not committed.
    """
    while True:
        found: list[Event] = []
        read, deadline = 0, time.monotonic() + seconds
        while read < batch and (left := deadline - time.monotonic()) > 0:
            for records in consumer.poll(timeout_ms=int(left * 1000) + 1, max_records=batch - read).values():
                read += len(records)
                found.extend(event for record in records if (event := _event(record)) and (not test or test(event)))
        kept = _write(into, found) if found else 0
        if read:
            clients.commit(consumer)
        yield read, kept


def _write(into: Sink, events: list[Event]) -> int:
    """The batch, or if one in it has another shape than its topic's events, each that has not; how many that were."""
    try:
        into.write(events)
        return len(events)
    except NO_EVENT as error:
        if len(events) == 1:
            log.warning("%s is no event that can be kept: %s", events[0].get("id"), error)
            return 0
        return sum(_write(into, [event]) for event in events)


def _event(record: Any) -> Event | None:
    try:
        event = orjson.loads(record.value or b"null")
    except orjson.JSONDecodeError:
        event = None
    if isinstance(event, dict):
        return event
    log.warning("%s/%d/%d is no event", record.topic, record.partition, record.offset)
    return None
