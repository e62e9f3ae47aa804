"""Hostile and mutated pages through a real worker on a real Kafka, and the account.

usage: python -m ops.hostile [--pages N] [--seed N] [--shared ../shared]

With the shared corpus beside the repository its pages are mutated, too. Exits 1 if the worker ended, or a page is lost.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson

from copydesk import clients
from copydesk.demo.ledger import Ledger
from copydesk.operating import admin
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, topics
from ops.hostile.pages import Page, message, mutated, seeds
from ops.kafka.broker import Kafka

PATIENCE_SECONDS = 300.0  # without any page ending
ROOM = 16 * 1024


def shared(folder: Path) -> Iterator[tuple[str, Page]]:
    """The corpus beside the repository, if it is there."""
    if not (folder / "hostile" / "corpus.py").exists():
        print(f"skipped: no {folder}/hostile")
        return
    sys.path.insert(0, str(folder / "hostile"))
    for category, _, _, data in importlib.import_module("corpus").corpus():
        yield category, data


def messages(count: int, seed: int, folder: Path) -> Iterator[tuple[str, bytes]]:
    """(category, message): every seed as it is, then mutated ones, until there are ``count``."""
    chance, known = random.Random(seed), [*seeds(), *shared(folder)]
    for number in range(count):
        category, one = known[number] if number < len(known) else chance.choice(known)
        if number >= len(known):
            one = mutated(one, chance.choice(known)[1], chance)
        value = message(number, one, chance)
        if len(value) < MAX_MESSAGE_BYTES - ROOM:  # others a feeder refuses
            yield category, value


def main() -> int:
    """Send, read, and print the account."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    given = parser.parse_args()
    folder, wanted = Path(tempfile.mkdtemp(prefix="hostile-")), topics(4)
    ledger, found = Ledger(wanted), Counter[str]()
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, wanted)
        environment = {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_METRICS_PORT": "0"}
        with contextlib.closing(clients.producer(kafka.bootstrap)) as producer:

            def enter(sent: object) -> None:
                ledger.enter(f"{sent.topic}/{sent.partition}/{sent.offset}")  # type: ignore[attr-defined]

            for category, value in messages(given.pages, given.seed, given.shared):
                found[category] += 1
                producer.send(wanted.raw.name, key=str(found.total()).encode(), value=value).add_callback(enter)
            producer.flush()
        with (folder / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "copydesk", "worker"], env={**os.environ, **environment}, stdout=log, stderr=log
            )
        try:
            errors = read(kafka.bootstrap, ledger, worker)
            crashed = worker.poll() is not None
        finally:
            worker.kill()
            worker.wait()
    print(", ".join(f"{count} {category}" for category, count in found.items()))
    print("dead letters:", ", ".join(f"{count} {error}" for error, count in errors.most_common()))
    print(dict(ledger.totals()))
    print(f"{len(ledger.sent):,} sent, {len(ledger.missing)} lost, the worker {'ENDED' if crashed else 'did not end'}")
    return int(crashed or bool(ledger.missing))


def read(broker: str, ledger: Ledger, worker: subprocess.Popen[bytes]) -> Counter[str]:
    """Take in what comes out until all has ended, the worker has, or nothing comes any more; dead letters by error."""
    ends = ledger.topics.enriched.name, ledger.topics.duplicates.name, ledger.topics.dead_letters.name
    errors, last = Counter[str](), time.monotonic()
    with contextlib.closing(clients.consumer(broker, *ends)) as consumer:
        while ledger.missing and worker.poll() is None and time.monotonic() - last < PATIENCE_SECONDS:
            for records in consumer.poll(timeout_ms=500).values():
                last = time.monotonic()
                for record in records:
                    ledger.note(record.topic, dict(record.headers)["ce_correlationid"].decode())
                    if record.topic == ledger.topics.dead_letters.name:
                        errors[orjson.loads(record.value)["error"]["type"]] += 1
    return errors


if __name__ == "__main__":
    sys.exit(main())
