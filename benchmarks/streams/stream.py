"""A Kafka of one's own with the load on it, programs that work it, and the times at which messages came out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer

from copydesk import clients
from copydesk.operating import admin
from copydesk.schemas.topics import Topic, Topics, topics
from ops.kafka.broker import Kafka

PATIENCE_SECONDS = 300.0  # without one message coming out


@dataclass
class Stream:
    """A broker at ``bootstrap`` with fresh topics."""

    bootstrap: str
    topics: Topics
    folder: Path
    sent: int = 0

    def feed(
        self, messages: Iterable[tuple[bytes, bytes]], rate: float = inf, over: threading.Event | None = None
    ) -> dict[str, float]:
        """Send raw messages, ``rate`` a second, until ``over``; when each was sent, by origin."""
        sending, began, over = [], time.monotonic(), over or threading.Event()
        with contextlib.closing(clients.producer(self.bootstrap)) as producer:
            for number, (key, value) in enumerate(messages):
                if over.wait(max(0.0, began + number / rate - time.monotonic())):
                    break
                sending.append(producer.send(self.topics.raw.name, key=key, value=value))
                self.sent += 1
            producer.flush()
        sent = [confirmation.get() for confirmation in sending]
        return {f"{at.topic}/{at.partition}/{at.offset}": at.timestamp / 1000 for at in sent}

    def size(self, topic: Topic) -> int:
        """Bytes of the records of ``topic`` on the broker's disk."""
        return sum(log.stat().st_size for log in self.folder.glob(f"log/{topic.name}-[0-9]*/*.log"))

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
    """When each raw message was seen to be extracted, and to have ended."""

    topics: Topics
    consumer: KafkaConsumer
    extracted: dict[str, float] = field(default_factory=dict)
    """Seconds since 1970, by origin."""
    at: dict[str, float] = field(default_factory=dict)
    """The same, of the end."""
    out_of_order: int = 0
    """Messages extracted after a later one of their partition."""
    _newest: dict[tuple[str, int], int] = field(default_factory=dict)

    def wait(self, number: int, processes: Sequence[subprocess.Popen[bytes]] = ()) -> None:
        """Read until ``number`` messages have ended.

        Raises:
            RuntimeError: a process ended first, or nothing came out for a long while.
        """
        heard = time.monotonic()
        while len(self.at) < number:
            if self.poll():
                heard = time.monotonic()
            if gone := [process.args for process in processes if process.poll() is not None]:
                raise RuntimeError(f"ended after {len(self.at)} of {number} messages: {gone}")
            if time.monotonic() - heard > PATIENCE_SECONDS:
                raise RuntimeError(f"{len(self.at)} of {number} messages came out, then nothing")

    def poll(self) -> int:
        """Read what there is; how many records that were."""
        polled = [record for records in self.consumer.poll(timeout_ms=200).values() for record in records]
        for record in polled:
            self._note(record)
        return len(polled)

    @property
    def rate(self) -> float:
        """Messages ended a second, from the first one extracted on."""
        return len(self.at) / (max(self.at.values()) - min((self.extracted or self.at).values()))

    def _note(self, record: Any) -> None:
        origin, when = dict(record.headers)["ce_correlationid"].decode(), time.time()
        if record.topic != self.topics.extracted.name:
            self.at.setdefault(origin, when)
        elif origin not in self.extracted:
            self.extracted[origin] = when
            _, raw, offset = origin.rsplit("/", 2)
            newest = self._newest.get((raw, record.partition), -1)
            self.out_of_order += int(offset) < newest
            self._newest[raw, record.partition] = max(newest, int(offset))


@contextlib.contextmanager
def stream(partitions: int = 4) -> Iterator[Stream]:
    """A Kafka of one's own, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Kafka(Path(folder)) as kafka:
        wanted = topics(partitions)
        admin.create_topics(kafka.bootstrap, wanted)
        yield Stream(kafka.bootstrap, wanted, Path(folder))
