"""Reads the topics in a thread of its own, from a little before their ends on, and hands each event to the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import orjson
from kafka import KafkaConsumer

from copydesk.serving.hub import Shown


class Reader:
    """Runs until ``stop``; ``failed`` says what ended it otherwise."""

    def __init__(self, consumer: KafkaConsumer, kept: int, show: Callable[[Shown], None]) -> None:
        self._consumer = consumer
        self._kept = kept
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self.failed: BaseException | None = None

    def start(self) -> None:
        """Begin with the last ``kept`` messages of each topic."""
        self._thread.start()

    async def stop(self) -> None:
        """End, and close the consumer."""
        self._stopping.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            self._seek()
            while not self._stopping.is_set():
                for records in self._consumer.poll(timeout_ms=200).values():
                    for record in records:
                        self._hand_over(record)
        except BaseException as error:  # noqa: BLE001 - a thread that ends in silence would leave a dead page
            self.failed = error
        finally:
            self._consumer.close()

    def _seek(self) -> None:
        assigned = self._consumer.assignment()
        begins, ends = self._consumer.beginning_offsets(list(assigned)), self._consumer.end_offsets(list(assigned))
        for at in assigned:
            self._consumer.seek(at, max(begins[at], ends[at] - self._kept))

    def _hand_over(self, record: object) -> None:
        value: bytes = record.value or b"null"  # type: ignore[attr-defined]
        try:
            event = orjson.loads(value)
        except orjson.JSONDecodeError:
            return
        if isinstance(event, dict):
            shown = Shown(record.topic, record.partition, record.offset, orjson.dumps(event), event)  # type: ignore[attr-defined]
            self._loop.call_soon_threadsafe(self._show, shown)
