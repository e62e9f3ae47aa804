"""Starts a single Kafka broker (KRaft) on loopback, and ends it by its own handle."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from copydesk import clients

HERE = Path(__file__).parent
JARS = HERE / "target" / "lib"
CLUSTER = "Y29weWRlc2stdGVzdHM"  # any 16 bytes, in base64
START_SECONDS = 60.0
MAX_MESSAGE_BYTES = 40 * 1024 * 1024
"""Above every topic's own limit."""


class KafkaUnavailable(Exception):
    """Kafka cannot be started here; the message says what is missing, or what Kafka said."""


def missing() -> str | None:
    """What is missing to start Kafka here, and how to get it; None if nothing is."""
    if shutil.which("java") is None:
        return "Apache Kafka needs Java 17: install a JRE (openjdk-17-jre-headless)"
    if not any(JARS.glob("kafka_*.jar")):
        return "Apache Kafka is not resolved: install Maven, then `make ops/kafka/target/lib`"
    return None


class Kafka:
    """A broker whose data lies in ``folder``; starting it again on the same folder finds what was written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, self._controller = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Its address."""
        return f"127.0.0.1:{self._port}"

    def start(self) -> Self:
        """Start it and wait until it answers.

        Raises:
            KafkaUnavailable: Java or the jars are missing, or Kafka ended; says which.
        """
        if problem := missing():
            raise KafkaUnavailable(problem)
        properties = self._folder / "server.properties"
        if not properties.exists():
            properties.write_text(self._properties())
            self._java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", str(properties)).wait()
        self._process = self._java("kafka.Kafka", str(properties))
        self._wait_until_it_answers(self._process)
        return self

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()  # the leash
            self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def _java(self, main: str, *arguments: str) -> subprocess.Popen[bytes]:
        options = [
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}",
        ]
        with (self._folder / "kafka.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "ops.kafka.leash", "java", *options, "-cp", f"{JARS}/*", main, *arguments],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=HERE.parent.parent,
            )  # fmt: skip

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = threading.Event()
        timer = threading.Timer(START_SECONDS, deadline.set)
        timer.start()
        try:
            while process.poll() is None and not deadline.wait(0.1):
                try:
                    clients.is_embedded(self.bootstrap)
                    return
                except clients.BrokerUnavailable:
                    continue
        finally:
            timer.cancel()
        self.kill()
        raise KafkaUnavailable(f"Kafka did not start:\n{(self._folder / 'kafka.log').read_text()[-2000:]}")

    def _properties(self) -> str:
        return f"""\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{self._port},CONTROLLER://127.0.0.1:{self._controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{self._port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.quorum.voters=1@127.0.0.1:{self._controller}
log.dirs={self._folder / "log"}
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
message.max.bytes={MAX_MESSAGE_BYTES}
replica.fetch.max.bytes={MAX_MESSAGE_BYTES}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
