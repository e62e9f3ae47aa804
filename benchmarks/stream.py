"""A Kafka of one's own with the load on it, programs that work it, and the times at which messages came out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kafka import KafkaConsumer

from copydesk import admin, clients
from ops.kafka.broker import Kafka
from schemas.topics import Topics, topics

PATIENCE_SECONDS = 300.0  # without one message coming out


@dataclass
class Stream:
    """A broker at ``bootstrap`` with fresh topics."""

    bootstrap: str
    topics: Topics
    sent: int = 0

    def feed(self, messages: Iterable[tuple[bytes, bytes]]) -> None:
        """Send raw messages, and wait until the broker has them."""
        with contextlib.closing(clients.producer(self.bootstrap)) as producer:
            for key, value in messages:
                producer.send(self.topics.raw.name, key=key, value=value)
                self.sent += 1
            producer.flush()

    @contextlib.contextmanager
    def program(
        self, *arguments: str, log: Path | None = None, **environment: str
    ) -> Iterator[subprocess.Popen[bytes]]:
        """``python -m ARGUMENTS`` with the broker in its settings, killed when the block ends."""
        settings = {
            "COPYDESK_BROKER": self.bootstrap,
            "COPYDESK_PARTITIONS": str(self.topics.raw.partitions),
            "COPYDESK_METRICS_PORT": "0",
        }
        with (log or Path(os.devnull)).open("ab") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env={**os.environ, **settings, **environment},
                stdout=sink,
                stderr=sink,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def ends(self) -> Ends:
        """What comes out from now on."""
        names = (self.topics.extracted, self.topics.enriched, self.topics.duplicates, self.topics.dead_letters)
        return Ends(self.topics, clients.consumer(self.bootstrap, *(topic.name for topic in names)))


@dataclass
class Ends:
    """When each raw message was first extracted and when it ended, by the timestamps of the records."""

    topics: Topics
    consumer: KafkaConsumer
    began: float | None = None
    at: dict[str, float] = field(default_factory=dict)
    """Seconds since 1970, by origin."""

    def wait(self, number: int, processes: Sequence[subprocess.Popen[bytes]] = ()) -> None:
        """Read until ``number`` messages have ended.

        Raises:
            RuntimeError: a process ended first, or nothing came out for a long while.
        """
        heard = time.monotonic()
        while len(self.at) < number:
            for records in self.consumer.poll(timeout_ms=200).values():
                heard = time.monotonic()
                for record in records:
                    self._note(record.topic, record.timestamp / 1000, dict(record.headers))
            if gone := [process.args for process in processes if process.poll() is not None]:
                raise RuntimeError(f"ended after {len(self.at)} of {number} messages: {gone}")
            if time.monotonic() - heard > PATIENCE_SECONDS:
                raise RuntimeError(f"{len(self.at)} of {number} messages came out, then nothing")

    @property
    def rate(self) -> float:
        """Messages ended a second, from the first one extracted on."""
        began = min(self.at.values()) if self.began is None else self.began
        return len(self.at) / (max(self.at.values()) - began)

    def _note(self, topic: str, when: float, headers: dict[str, bytes]) -> None:
        if topic == self.topics.extracted.name:
            self.began = when if self.began is None else min(when, self.began)
        else:
            self.at.setdefault(headers["ce_correlationid"].decode(), when)


@contextlib.contextmanager
def stream(partitions: int = 4) -> Iterator[Stream]:
    """A Kafka of one's own, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Kafka(Path(folder)) as kafka:
        wanted = topics(partitions)
        admin.create_topics(kafka.bootstrap, wanted)
        yield Stream(kafka.bootstrap, wanted)
