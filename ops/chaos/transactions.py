"""What Faust's own exactly-once holds: a stream copied by two workers inside transactions, under faults.

usage: python -m ops.chaos.transactions

Feeds numbered messages at a steady rate, and reads with read_committed what the workers make of them.
docs/decisions/0014-exactly-once.md draws the conclusion. As a worker: ``python -m ops.chaos.transactions BROKER ID``.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from ops.kafka.broker import Kafka

RATE = 300
SECONDS = 25
PATIENCE_SECONDS = 45.0
PARTITIONS = 4


def work(broker: str, app_id: str) -> None:
    """Copy ``in`` to ``out``, as Faust's documentation has it."""
    import faust  # noqa: PLC0415 - the script that starts it needs none

    app = faust.App(
        app_id, broker=f"kafka://{broker}", processing_guarantee="exactly_once", topic_disable_leader=True,
        topic_allow_declare=False, web_enabled=False, broker_session_timeout=8.0, broker_heartbeat_interval=2.0,
        broker_rebalance_timeout=10.0, consumer_auto_offset_reset="earliest", datadir=tempfile.mkdtemp(),
    )  # fmt: skip
    out = app.topic("out", value_serializer="raw", value_type=bytes)

    @app.agent(app.topic("in", value_serializer="raw", value_type=bytes))
    async def copy(stream: faust.StreamT[bytes]) -> None:
        async for value in stream:
            await out.send(value=value)

    faust.Worker(app, loglevel="WARNING", quiet=True).execute_from_commandline()


@dataclass
class Crew:
    """Two workers, and any that join; one that ends by itself is started again, and counted."""

    broker: str
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    ended: int = 0

    def join(self) -> subprocess.Popen[bytes]:
        """Start one more."""
        with self.log.open("ab") as sink:
            command = [sys.executable, "-m", "ops.chaos.transactions", self.broker, "copier"]
            self.running.append(subprocess.Popen(command, stdout=sink, stderr=sink, env=dict(os.environ)))
        return self.running[-1]

    def leave(self, worker: subprocess.Popen[bytes]) -> None:
        """End one in order."""
        self.running.remove(worker)
        worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=20)
        worker.kill()

    def tend(self) -> None:
        """Start again what has ended by itself."""
        for worker in [one for one in self.running if one.poll() is not None]:
            self.running.remove(worker)
            self.ended += 1
            self.join()


def nothing(_: Crew, __: random.Random) -> None:
    """No fault."""


def kill(crew: Crew, chosen: random.Random) -> None:
    """One worker is killed, and another takes its place."""
    worker = crew.running.pop(chosen.randrange(len(crew.running)))
    worker.kill()
    crew.join()


def join_and_leave(crew: Crew, _: random.Random) -> None:
    """A worker joins, works a while, and leaves in order."""
    worker = crew.join()
    time.sleep(5)
    if worker in crew.running:
        crew.leave(worker)


def play(name: str, fault: Callable[[Crew, random.Random], None]) -> None:
    """Feed, break, wait, count."""
    folder = Path(tempfile.mkdtemp(prefix="transactions-"))
    with Kafka(folder) as kafka:
        admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
        topic = {"num_partitions": PARTITIONS, "replication_factor": 1}
        admin.create_topics({"in": topic, "out": topic})
        admin.close()
        crew, done, sent = Crew(kafka.bootstrap, folder / "workers.log"), threading.Event(), 0
        seen: Counter[bytes] = Counter()
        reader = KafkaConsumer("out", bootstrap_servers=kafka.bootstrap, auto_offset_reset="earliest",
                               isolation_level="read_committed", group_id=None)  # fmt: skip
        producer = KafkaProducer(bootstrap_servers=kafka.bootstrap, linger_ms=20)
        for _ in range(2):
            crew.join()

        def feed() -> None:
            nonlocal sent
            began = time.monotonic()
            while not done.wait(max(0.0, began + sent / RATE - time.monotonic())):
                producer.send("in", value=b"%d" % sent, key=b"%d" % sent)
                sent += 1

        feeder = threading.Thread(target=feed)
        feeder.start()
        until, chosen = time.monotonic() + SECONDS, random.Random(1)
        time.sleep(8)
        while time.monotonic() < until:
            fault(crew, chosen)
            time.sleep(3)
            crew.tend()
        done.set()
        feeder.join()
        producer.flush()
        last = time.monotonic()
        while len(seen) < sent and time.monotonic() - last < PATIENCE_SECONDS:
            for records in reader.poll(timeout_ms=500).values():
                seen.update(record.value for record in records)
                last = time.monotonic()
            crew.tend()
        print(
            f"{name}: {sent} sent, {sent - len(seen)} missing, {seen.total() - len(seen)} twice, "
            f"{crew.ended} workers ended by themselves",
            flush=True,
        )
        for worker in crew.running:
            worker.kill()
        reader.close()
        producer.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(*sys.argv[1:])
    else:
        play("no fault", nothing)
        play("worker killed", kill)
        play("worker joins and leaves", join_and_leave)
