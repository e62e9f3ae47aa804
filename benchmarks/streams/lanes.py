"""How much an archive that is fed delays live pages: both lanes on a real Kafka, with and without, in turns.

usage: python -m benchmarks.streams.lanes [--rate N] [--seconds N] [--turns N]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import orjson
from kafka import KafkaProducer

from copydesk import clients
from copydesk.operating import admin
from copydesk.schemas.topics import Topics, topics
from ops.chaos.pages import page
from ops.kafka.broker import Kafka

WARM_UP = 40  # live pages before anything is measured
ARCHIVE = 8_000  # pages: more than are worked in the time


def archive(producer: KafkaProducer, topic: str) -> None:
    """Feed a full archive: pages of a year ago, unlike the live ones."""
    for number in range(10_000_000, 10_000_000 + ARCHIVE):
        key, value = page(number)
        raw = {**orjson.loads(value), "fetched_at": "2025-05-01T09:30:00Z", "lane": "backfill"}
        producer.send(topic, key=key, value=orjson.dumps(raw))
    producer.flush()


@contextlib.contextmanager
def worker(environment: dict[str, str], log: Path, *arguments: str) -> Iterator[int]:
    """A worker, which leads a process group; it is ended in order."""
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "copydesk", "worker", *arguments],
            env={**os.environ, **environment}, stdout=sink, stderr=sink,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


class Newsroom:
    """Sends live pages, and notes how long each takes until it is enriched or found to be a copy, in seconds."""

    def __init__(self, broker: str, wanted: Topics) -> None:
        self._raw = wanted.raw.name
        self._producer = clients.producer(broker)
        self._consumer = clients.consumer(broker, wanted.enriched.name, wanted.duplicates.name)
        self._number = 0
        self.archived = 0
        """Events of the archive that came meanwhile."""

    def send(self, count: int, rate: float) -> list[float]:
        """Send ``count`` pages, ``rate`` a second, and wait for all of them."""
        sent: dict[str, Any] = {}
        ended: dict[str, float] = {}
        began = time.monotonic()
        for n in range(count):
            while (left := began + n / rate - time.monotonic()) > 0:
                self._read(ended, left)
            key, value = page(self._number)
            self._number += 1
            told = self._producer.send(self._raw, key=key, value=value).get(timeout=30)
            sent[f"{told.topic}/{told.partition}/{told.offset}"] = told.timestamp / 1000
        while sent.keys() - ended.keys():
            self._read(ended, 0.5)
        return [ended[origin] - at for origin, at in sent.items()]

    def _read(self, ended: dict[str, float], seconds: float) -> None:
        for records in self._consumer.poll(timeout_ms=int(seconds * 1000)).values():
            for record in records:
                origin = next(value.decode() for name, value in record.headers if name == "ce_correlationid")
                if origin.startswith(self._raw + "/"):
                    ended.setdefault(origin, record.timestamp / 1000)
                else:
                    self.archived += 1


def told(name: str, seconds: list[float]) -> float:
    """Print percentiles of ``seconds``; the 99th."""
    cut = quantiles(seconds, n=100)
    shown = "  ".join(f"p{p} {1000 * cut[p - 1]:,.0f} ms" for p in (50, 90, 95, 99))
    print(f"{name:8} {len(seconds):>5} pages  {shown}", flush=True)
    return cut[98]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=8, help="live pages a second")
    parser.add_argument(
        "--seconds", type=float, default=6, help="of each turn; less than the 8 s after which a group gives up a member"
    )
    parser.add_argument("--turns", type=int, default=10)
    given = parser.parse_args()
    folder, wanted = Path(tempfile.mkdtemp(prefix="lanes-")), topics(4)
    found: dict[str, list[float]] = {"without": [], "with": []}
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, wanted)
        environment = {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_METRICS_PORT": "0"}
        with contextlib.closing(clients.producer(kafka.bootstrap)) as producer:
            archive(producer, wanted.raw_backfill.name)
        with (
            worker(environment, folder / "live.log"),
            worker(environment, folder / "backfill.log", "--lane", "backfill") as archivist,
        ):
            desk, count = Newsroom(kafka.bootstrap, wanted), int(given.rate * given.seconds)
            while not desk.archived:
                desk.send(WARM_UP, given.rate)
            for _ in range(given.turns):
                os.killpg(archivist, signal.SIGSTOP)
                found["without"] += desk.send(count, given.rate)
                os.killpg(archivist, signal.SIGCONT)
                found["with"] += desk.send(count, given.rate)
    ratio = told("with", found["with"]) / told("without", found["without"])
    print(
        f"p99 with the archive is {ratio:.2f} times that without; {desk.archived:,} pages of the archive came meanwhile"
    )


if __name__ == "__main__":
    main()
