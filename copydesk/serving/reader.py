"""Reads topics in a thread of its own, from a little before their ends on, and hands each event to the loop."""

from __future__ import annotations

import asyncio
import threading
from queue import Empty, SimpleQueue
from typing import Any

import orjson
from kafka import KafkaConsumer, TopicPartition

from copydesk.serving.hub import Hub, Shown


class Reader:
    """Reads a topic from when somebody asks for it, until ``stop``; ``failed`` says what ended it otherwise."""

    def __init__(self, consumer: KafkaConsumer, hub: Hub) -> None:
        self._consumer = consumer
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self._asked: SimpleQueue[str] = SimpleQueue()
        self._current: dict[str, asyncio.Event] = {}
        self._behind: dict[str, dict[TopicPartition, int]] = {}
        self.failed: BaseException | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    async def read(self, topic: str) -> None:
        """Read ``topic``, if it is not read yet, from the last messages that the hub remembers on.

        Returns when it has been read as far as it went at first.
        """
        if topic not in self._current:
            self._current[topic] = asyncio.Event()
            self._asked.put(topic)
        await self._current[topic].wait()

    async def stop(self) -> None:
        """End, and close the consumer."""
        self._stopping.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._take_up()
                # In small parts, so that a burst from Kafka makes nobody slow who is not.
                polled = self._consumer.poll(timeout_ms=200, max_records=max(1, self._hub.behind // 5))
                found = [shown for records in polled.values() for record in records if (shown := _shown(record))]
                asyncio.run_coroutine_threadsafe(self._hand_over(found), self._loop).result()
                self._tell_who_waits()
        except BaseException as error:  # noqa: BLE001 - a thread that ends in silence would leave a dead page
            self.failed = error
            for current in self._current.values():
                self._loop.call_soon_threadsafe(current.set)
        finally:
            self._consumer.close()

    def _take_up(self) -> None:
        try:
            topic = self._asked.get_nowait()
        except Empty:
            return
        new = [TopicPartition(topic, number) for number in self._consumer.partitions_for_topic(topic) or ()]
        self._consumer.assign([*self._consumer.assignment(), *new])
        begins, ends = self._consumer.beginning_offsets(new), self._consumer.end_offsets(new)
        for at in new:
            self._consumer.seek(at, max(begins[at], ends[at] - self._hub.kept))
        self._behind[topic] = ends

    def _tell_who_waits(self) -> None:
        for topic, ends in list(self._behind.items()):
            if all(self._consumer.position(at) >= end for at, end in ends.items()):
                del self._behind[topic]
                self._loop.call_soon_threadsafe(self._current[topic].set)

    async def _hand_over(self, found: list[Shown]) -> None:
        for shown in found:
            self._hub.show(shown)
        await asyncio.sleep(0)  # the listeners take it


def _shown(record: Any) -> Shown | None:
    try:
        event = orjson.loads(record.value or b"null")
    except orjson.JSONDecodeError:
        return None
    if not isinstance(event, dict):
        return None
    return Shown(record.topic, record.partition, record.offset, orjson.dumps(event), event)
