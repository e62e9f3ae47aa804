"""A steady load, and the account of where each message ended."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from copydesk.demo.ledger import Ledger
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, Topics

Message = tuple[bytes, bytes]
"""Key and value."""


@dataclass
class Load:
    """Sends ``rate`` messages a second for as long as its block lasts, and reads what comes out of it.

    By librdkafka: what measures the workers' faults must not share them.
    """

    broker: str
    topics: Topics
    rate: float
    message: Callable[[int], Message]
    """The message of a number, from 0 on."""
    ledger: Ledger = field(init=False)
    values: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    """Hashes of the events by topic and origin: more than one is an event that came again otherwise."""
    events: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.topics)
        self.reading = threading.Event()
        """Whether somebody reads what comes out."""
        self.reading.set()
        self._extra: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._done, self._sent, self._lock = threading.Event(), threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._send), threading.Thread(target=self._read)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sent.set()
        self._done.set()
        for thread in self._threads:
            thread.join()

    def also(self, message: Message) -> None:
        """Send ``message``, too."""
        self._extra.put(message)

    def settle(self, patience: float, lost: Callable[[], int]) -> None:
        """Send nothing more; wait until all but what is known to be ``lost`` has ended, or ``patience`` has."""
        self._sent.set()
        self._threads[0].join()
        deadline = time.monotonic() + patience
        while self.missing > lost() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(2)  # what is sent again by a worker that comes late is to be seen, too

    @property
    def missing(self) -> int:
        """Messages that the broker has confirmed and that have not ended."""
        with self._lock:
            return len(self.ledger.missing)

    @property
    def ended(self) -> int:
        """Messages that have."""
        with self._lock:
            return len(self.ledger.ended)

    @property
    def sent(self) -> int:
        """Messages that the broker has confirmed."""
        with self._lock:
            return len(self.ledger.sent)

    def account(self) -> dict[str, int]:
        """Sent, and what became of it."""
        totals, topics = self.ledger.totals(), self.topics
        return {
            "sent": len(self.ledger.sent),
            "enriched": totals[topics.enriched.name],
            "duplicates": totals[topics.duplicates.name],
            "dead letters": totals[topics.dead_letters.name],
            "lost": len(self.ledger.missing),
            "twice otherwise": sum(len(ended) > 1 for ended in self.ledger.ended.values()),
            "different": sum(len(found) > 1 for found in self.values.values()),
            "sent again": self.events.total() - len(self.values),
        }

    def _send(self) -> None:
        producer = Producer(
            {"bootstrap.servers": self.broker, "enable.idempotence": True, "linger.ms": 20, "compression.type": "lz4",
             "message.max.bytes": MAX_MESSAGE_BYTES, "message.timeout.ms": 300_000, "log_level": 2}
        )  # fmt: skip
        began, number = time.monotonic(), 0
        while not self._sent.is_set():
            producer.poll(max(0.0, began + number / self.rate - time.monotonic()))
            if began + number / self.rate <= time.monotonic():
                self._send_one(producer, self.message(number))
                number += 1
            with contextlib.suppress(queue.Empty):
                self._send_one(producer, self._extra.get_nowait())
        producer.flush(90)

    def _send_one(self, producer: Producer, message: Message) -> None:
        key, value = message
        producer.produce(self.topics.raw.name, key=key, value=value, on_delivery=self._enter)

    def _enter(self, error: Any, sent: Any) -> None:
        if error is None:  # what the broker has not confirmed is not on the account
            with self._lock:
                self.ledger.enter(f"{sent.topic()}/{sent.partition()}/{sent.offset()}")

    def _read(self) -> None:
        consumer = Consumer(
            {"bootstrap.servers": self.broker, "group.id": "chaos", "enable.auto.commit": False, "log_level": 2,
             "topic.metadata.refresh.interval.ms": 5_000}
        )  # fmt: skip
        ends = (self.topics.enriched, self.topics.duplicates, self.topics.dead_letters)
        consumer.assign(
            [TopicPartition(topic.name, partition, OFFSET_BEGINNING)
             for topic in ends for partition in range(topic.partitions)]
        )  # fmt: skip
        while not self._done.is_set():
            if self.reading.wait(timeout=0.2):
                for record in consumer.consume(500, timeout=0.2):
                    if record.error() is None:
                        with self._lock:
                            self._note(record.topic(), record.value(), dict(record.headers()))
        consumer.close()

    def _note(self, topic: str, value: bytes, headers: dict[str, bytes]) -> None:
        origin = headers["ce_correlationid"].decode()
        self.ledger.note(topic, origin)
        self.events[origin] += 1
        told = hash(value) if topic != self.topics.dead_letters.name else 0  # a letter tells its time
        self.values.setdefault((topic, origin), set()).add(told)
