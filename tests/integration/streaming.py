"""What the streaming tests share: workers as processes, pages in, events out, the account."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from copydesk import clients
from copydesk.demo.ledger import Ledger
from tests.integration.conftest import Broker

PATIENCE_SECONDS = 180.0


class Worker:
    """A worker process; ``log`` is where it writes."""

    def __init__(self, broker: Broker, folder: Path, **environment: str) -> None:
        self.log = folder / "worker.log"
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "copydesk", "worker"],
                env={**os.environ, **broker.environment, **environment},
                stdout=sink,
                stderr=sink,
            )

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it in order; its status."""
        self.process.terminate()
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def worker(broker: Broker, folder: Path, **environment: str) -> Iterator[Worker]:
    """A worker that is gone when the block ends."""
    running = Worker(broker, folder, **environment)
    try:
        yield running
    finally:
        running.kill()


@dataclass
class Seen:
    """All that has come out: the account, and every event by topic and origin."""

    ledger: Ledger
    events: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)

    def of(self, topic: str) -> dict[str, dict[str, Any]]:
        """The last event on ``topic`` for each origin."""
        return {origin: orjson.loads(values[-1]) for (name, origin), values in self.events.items() if name == topic}

    def different(self) -> list[tuple[str, str]]:
        """Origins whose article was sent more than once, and not the same."""
        dead = self.ledger.topics.dead_letters.name
        return [key for key, values in self.events.items() if key[0] != dead and len(set(values)) > 1]


class Stream:
    """One test's feeder and reader."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.seen = Seen(Ledger(broker.topics))
        topics = broker.topics
        ends = (topics.deduplicated, topics.enriched, topics.duplicates, topics.dead_letters)
        self._producer = clients.producer(broker.bootstrap)
        self._consumer = clients.consumer(broker.bootstrap, *(topic.name for topic in ends))

    def send(self, values: Iterable[tuple[bytes, bytes | None]]) -> list[str]:
        """Send raw messages (key, value); their origins."""
        sending = [self._producer.send(self.broker.topics.raw.name, key=key, value=value) for key, value in values]
        origins = [f"{sent.topic}/{sent.partition}/{sent.offset}" for sent in (s.get(timeout=60) for s in sending)]
        for origin in origins:
            self.seen.ledger.enter(origin)
        return origins

    def read_until(self, done: Callable[[Seen], bool], running: Worker | None = None) -> Seen:
        """Take in events until ``done``; fails when the worker ends, or patience does."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done(self.seen):
            for records in self._consumer.poll(timeout_ms=200).values():
                for record in records:
                    if record.value is None:  # a mark that a dead letter was sent back
                        continue
                    origin = dict(record.headers)["ce_correlationid"].decode()
                    self.seen.ledger.note(record.topic, origin)
                    self.seen.events.setdefault((record.topic, origin), []).append(record.value)
            if running is not None and running.process.poll() is not None:
                raise AssertionError(f"the worker ended:\n{running.log.read_text()[-3000:]}")
            if time.monotonic() > deadline:
                log = running.log.read_text()[-3000:] if running else ""
                raise AssertionError(f"{len(self.seen.ledger.missing)} messages are still missing\n{log}")
        return self.seen

    def read_all(self, running: Worker) -> Seen:
        """Take in events until every message sent has ended somewhere."""
        return self.read_until(lambda seen: not seen.ledger.missing, running)

    def decided(self, origin: str) -> Callable[[Seen], bool]:
        """Whether ``origin`` has been decided on, or died."""
        topics = self.broker.topics
        ends = (topics.deduplicated.name, topics.duplicates.name, topics.dead_letters.name)
        return lambda seen: any((topic, origin) in seen.events for topic in ends)

    def close(self) -> None:
        self._producer.close()
        self._consumer.close()
