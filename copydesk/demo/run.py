"""The main job on the embedded broker: feed the sample crawl, watch where each page ends, draw up the account."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from copydesk import clients
from copydesk.demo import sample
from copydesk.demo.ledger import Ledger
from copydesk.schemas.topics import Topics

PATIENCE_SECONDS = 120.0  # for one page; a cold machine loads models first


class DemoError(Exception):
    """The demo cannot go on; the message says what stopped and where its log is."""


@dataclass
class Watch:
    """What has come out so far."""

    ledger: Ledger
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The last event of each raw message, by origin."""
    decided: set[str] = field(default_factory=set)

    @property
    def in_order(self) -> list[dict[str, Any]]:
        """The events, in the order the pages were sent."""
        return [self.events[origin] for origin in self.ledger.sent if origin in self.events]

    def note(self, topic: str, origin: str, event: dict[str, Any]) -> None:
        """Take in one event that goes back to ``origin``."""
        self.decided.add(origin)
        self.ledger.note(topic, origin)
        if topic != self.ledger.topics.deduplicated.name:
            self.events[origin] = event


@contextlib.contextmanager
def worker(broker: str, log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process that ends with the block, its log in ``log``."""
    environment = {**os.environ, "COPYDESK_BROKER": broker, "COPYDESK_METRICS_PORT": "0", **settings}
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "copydesk", "worker"], env=environment, stdout=sink, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def run(broker: str, topics: Topics, running: subprocess.Popen[bytes] | None, log: Path) -> Iterator[Watch]:
    """Feed the sample crawl one page after another, and yield the state of things after each.

    A page is sent when the one before it has been decided on: so the order of decisions, and with it every event, is
    the same whatever the number of partitions. ``running`` is the worker, if it is ours.

    Raises:
        DemoError: the worker ended, or nothing came out of it for a long while.
    """
    watch = Watch(Ledger(topics))
    ends = (topics.deduplicated, topics.enriched, topics.duplicates, topics.dead_letters)
    with (
        contextlib.closing(clients.producer(broker)) as producer,
        contextlib.closing(clients.consumer(broker, *(topic.name for topic in ends))) as consumer,
    ):
        for message in sample.messages():
            sent = producer.send(topics.raw.name, key=message.key, value=message.value).get(timeout=30)
            origin = f"{sent.topic}/{sent.partition}/{sent.offset}"
            watch.ledger.enter(origin)
            _until(lambda origin=origin: origin in watch.decided, watch, consumer, running, log)
            yield watch
        _until(lambda: not watch.ledger.missing, watch, consumer, running, log)
        yield watch


def write(watch: Watch, out: Path) -> None:
    """The events, one a line, in the order the pages were sent; dead letters among them."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as lines:
        lines.writelines(orjson.dumps(event) + b"\n" for event in watch.in_order)


def _until(done: Any, watch: Watch, consumer: Any, running: subprocess.Popen[bytes] | None, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        for records in consumer.poll(timeout_ms=200).values():
            for record in records:
                headers = dict(record.headers)
                watch.note(record.topic, headers["ce_correlationid"].decode(), orjson.loads(record.value))
        if running is not None and running.poll() is not None:
            raise DemoError(f"the worker ended with status {running.returncode}; its log: {log}\n{_tail(log)}")
        if time.monotonic() > deadline:
            told = f"the worker's log: {log}\n{_tail(log)}" if running else "is a worker running?"
            raise DemoError(f"nothing came out for {PATIENCE_SECONDS:.0f} s; {told}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
