"""A steady load, and the account of where each message ended."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from kafka.errors import KafkaError

from copydesk import clients
from copydesk.ledger import Ledger
from ops.chaos.pages import message
from schemas.topics import Topics


@dataclass
class Load:
    """Sends ``rate`` pages a second for as long as its block lasts, and reads what comes out of it."""

    broker: str
    topics: Topics
    rate: float
    poison: bool
    ledger: Ledger = field(init=False)
    values: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    """Hashes of the events by topic and origin: more than one is an event that came again otherwise."""
    events: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.topics)
        self._done, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._send), threading.Thread(target=self._read)]
        self._sent = threading.Event()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sent.set()
        self._done.set()
        for thread in self._threads:
            thread.join()

    def settle(self, patience: float) -> None:
        """Send nothing more, and wait until every message has ended, or ``patience`` has."""
        self._sent.set()
        self._threads[0].join()
        deadline = time.monotonic() + patience
        while self.missing and time.monotonic() < deadline:
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
        with contextlib.closing(clients.producer(self.broker)) as producer:
            began, number = time.monotonic(), 0
            while not self._sent.wait(max(0.0, began + number / self.rate - time.monotonic())):
                key, value = message(number, self.poison)
                sending = producer.send(self.topics.raw.name, key=key, value=value)
                sending.add_callback(self._enter)
                number += 1
            with contextlib.suppress(KafkaError):
                producer.flush(timeout=90)

    def _enter(self, sent: Any) -> None:
        with self._lock:
            self.ledger.enter(f"{sent.topic}/{sent.partition}/{sent.offset}")

    def _read(self) -> None:
        ends = (self.topics.enriched, self.topics.duplicates, self.topics.dead_letters)
        with contextlib.closing(clients.consumer(self.broker, *(topic.name for topic in ends))) as consumer:
            while not self._done.is_set():
                try:
                    polled = consumer.poll(timeout_ms=200)
                except KafkaError:
                    continue  # the broker is away: it is what we are here for
                with self._lock:
                    for records in polled.values():
                        for record in records:
                            self._note(record)

    def _note(self, record: Any) -> None:
        origin = next(value.decode() for name, value in record.headers if name == "ce_correlationid")
        self.ledger.note(record.topic, origin)
        self.events[origin] += 1
        told = hash(record.value) if record.topic != self.topics.dead_letters.name else 0  # a letter tells its time
        self.values.setdefault((record.topic, origin), set()).add(told)
