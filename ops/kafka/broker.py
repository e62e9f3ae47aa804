"""Starts a single Kafka broker (KRaft) on loopback, and ends it by its own handle."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from copydesk import clients
from ops.ports import free_port

HERE = Path(__file__).parent
JARS = HERE / "target" / "lib"
CLUSTER = "Y29weWRlc2stdGVzdHM"  # any 16 bytes, in base64
START_SECONDS = 120.0
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


@dataclass(frozen=True)
class Proxied:
    """A second listener at the port ``inner``, whose clients are told to come by ``outer``, a proxy's."""

    inner: int
    outer: int


class Kafka:
    """A broker whose data lies in ``folder``; starting it again on the same folder finds what was written.

    With ``secured`` it speaks TLS by that PEM file (key and certificates, the authority's beside it), and asks for a
    name and password (SASL, PLAIN and SCRAM-SHA-512): those of ``users``, the first of which is its own; or for a token
    (OAUTHBEARER), whatever signed it. Without users it asks for a certificate. It can be
    reached through a proxy, too. ``settings`` go over all others.
    """

    def __init__(
        self,
        folder: Path,
        secured: Path | None = None,
        users: dict[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        proxied: Proxied | None = None,
    ) -> None:
        self._folder = folder
        self._secured = secured
        self._users = users or {}
        self._settings = settings or {}
        self._proxied = proxied
        self._port, self.controller = free_port(), free_port()
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
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start it.

        Raises:
            KafkaUnavailable: Java or the jars are missing.
        """
        if problem := missing():
            raise KafkaUnavailable(problem)
        properties = self._folder / "server.properties"
        if not properties.exists():
            properties.write_text(self._properties())
            scram = [f"--add-scram=SCRAM-SHA-512=[name={name},password={word}]" for name, word in self._users.items()]
            self._java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", str(properties), *scram).wait()
        self._process = self._java("kafka.Kafka", str(properties))

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

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            KafkaUnavailable: it ended, or has not answered in two minutes; quotes its log.
        """
        assert self._process is not None
        process, deadline = self._process, threading.Event()
        timer = threading.Timer(START_SECONDS, deadline.set)
        timer.start()
        try:
            while process.poll() is None and not deadline.wait(0.1):
                if self._answers():
                    return
        finally:
            timer.cancel()
        self.kill()
        raise KafkaUnavailable(f"Kafka did not start:\n{(self._folder / 'kafka.log').read_text()[-2000:]}")

    def _answers(self) -> bool:
        if self._secured:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=1):
                return True
            return False
        try:
            return not clients.is_embedded(self.bootstrap)
        except clients.BrokerUnavailable:
            return False

    def _properties(self) -> str:
        listeners = [f"{self._protocol}://127.0.0.1:{self._port}", f"CONTROLLER://127.0.0.1:{self.controller}"]
        advertised = listeners[:1]
        if self._proxied:
            listeners.append(f"PROXIED://127.0.0.1:{self._proxied.inner}")
            advertised.append(f"PROXIED://127.0.0.1:{self._proxied.outer}")
        return f"""\
process.roles=broker,controller
node.id=1
listeners={",".join(listeners)}
advertised.listeners={",".join(advertised)}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT,{self._protocol}:{self._protocol}
controller.quorum.voters=1@127.0.0.1:{self.controller}
log.dirs={self._folder / "log"}
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
message.max.bytes={MAX_MESSAGE_BYTES}
replica.fetch.max.bytes={MAX_MESSAGE_BYTES}
{self._security()}
{"".join(f"{name}={value}" + chr(10) for name, value in self._settings.items())}"""

    @property
    def _protocol(self) -> str:
        if self._secured is None:
            return "PLAINTEXT"
        return "SASL_SSL" if self._users else "SSL"

    def _security(self) -> str:
        if self._secured is None:
            return ""
        return f"""\
inter.broker.listener.name={self._protocol}
ssl.keystore.type=PEM
ssl.keystore.location={self._secured}
ssl.truststore.type=PEM
ssl.truststore.location={self._secured.with_name("ca.pem")}
ssl.endpoint.identification.algorithm=
{self._sasl() if self._users else "ssl.client.auth=required"}
"""

    def _sasl(self) -> str:
        known = " ".join(f'user_{name}="{word}"' for name, word in self._users.items())
        name, word = next(iter(self._users.items()))  # the broker's own, to itself
        modules = "org.apache.kafka.common.security"
        plain = f'{modules}.plain.PlainLoginModule required username="{name}" password="{word}" {known}'
        bearer = f'{modules}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="{name}"'
        return f"""\
sasl.mechanism.inter.broker.protocol=PLAIN
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512,OAUTHBEARER
listener.name.sasl_ssl.plain.sasl.jaas.config={plain};
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={modules}.scram.ScramLoginModule required;
listener.name.sasl_ssl.oauthbearer.sasl.jaas.config={bearer};
"""
