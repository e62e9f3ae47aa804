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

log = logging.getLogger(__name__)


def sink(
    consumer: KafkaConsumer, into: Sink, *, batch: int, seconds: float, test: Callable[[Event], bool] | None = None
) -> Iterator[int]:
    """Write batches of ``batch`` events, or of what came in ``seconds``, and yield how many each held; for ever.

    A message that is no JSON object is named in the log and passed over; it stays on its topic.

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
        if found:
            into.write(found)
        if read:
            clients.commit(consumer)
        yield len(found)


def _event(record: Any) -> Event | None:
    try:
        event = orjson.loads(record.value or b"null")
    except orjson.JSONDecodeError:
        event = None
    if isinstance(event, dict):
        return event
    log.warning("%s/%d/%d is no event", record.topic, record.partition, record.offset)
    return None
