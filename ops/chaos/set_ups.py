"""Wrong set-ups: what a command says of each, and how soon."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import trustme
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ACLResourcePatternType, ResourcePattern, ResourceType

from copydesk import clients
from copydesk.operating import admin
from copydesk.schemas.topics import topics
from ops.chaos import pages
from ops.chaos.faults import disk
from ops.kafka.broker import Kafka
from ops.kafka.certificates import authority

SECONDS = 10.0
"""How soon it must be told."""
PATIENCE_SECONDS = 40.0
USERS = {"admin": "admin-word", "copydesk": "right-word"}
WORKER = ("worker",)


@dataclass(frozen=True)
class Told:
    """What the command wrote of it, after how many seconds, and the status it ended with, if it did."""

    line: str | None
    seconds: float
    status: int | None


@dataclass(frozen=True)
class SetUp:
    """Something set up wrongly, and what must be told of it."""

    name: str
    wrong_is: str
    telling: str
    """A regular expression for the line that tells."""
    wrong: Callable[[Path], contextlib.AbstractContextManager[dict[str, str]]]
    """Makes it so in a folder, for as long as the block lasts; the environment of the command."""
    command: tuple[str, ...] = WORKER
    missing: Callable[[], str | None] = lambda: None
    """What this machine lacks to try it."""

    def play(self, folder: Path) -> Told:
        """What the command tells; it is ended when it has, or goes on for too long."""
        with self.wrong(folder) as environment:
            command = [sys.executable, "-m", "copydesk", *(part.format(folder=folder) for part in self.command)]
            return _listen(
                command, {**os.environ, "COPYDESK_METRICS_PORT": "0", **environment}, re.compile(self.telling)
            )


def _listen(command: list[str], environment: dict[str, str], telling: re.Pattern[str]) -> Told:
    began, found, seconds = time.monotonic(), None, PATIENCE_SECONDS
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    limit = threading.Timer(PATIENCE_SECONDS, process.kill)
    limit.start()
    assert process.stderr is not None
    for line in process.stderr:
        if found is None and telling.search(line):
            found, seconds = line.strip(), time.monotonic() - began
            limit.cancel()
            limit = threading.Timer(3.0, process.terminate)  # a command that ends by itself has ended by then
            limit.start()
    limit.cancel()
    return Told(found, seconds, process.wait())


@contextlib.contextmanager
def no_topics(folder: Path) -> Iterator[dict[str, str]]:
    """A broker on which no topic was made."""
    with Kafka(folder) as kafka:
        yield {"COPYDESK_BROKER": kafka.bootstrap}


@contextlib.contextmanager
def other_partitions(folder: Path) -> Iterator[dict[str, str]]:
    """Topics that have another number of partitions."""
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, topics(2))
        yield {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_PARTITIONS": "3"}


@contextlib.contextmanager
def foreign_group(folder: Path) -> Iterator[dict[str, str]]:
    """A consumer group that only somebody else may read."""
    authorizer = "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
    settings = {"authorizer.class.name": authorizer, "allow.everyone.if.no.acl.found": "true"}
    with Kafka(folder, settings=settings) as kafka:
        admin.create_topics(kafka.bootstrap, topics(2))
        with contextlib.closing(clients.admin(kafka.bootstrap)) as client:
            group = ResourcePattern(ResourceType.GROUP, "copydesk", ACLResourcePatternType.LITERAL)
            client.create_acls([ACL("User:somebody", "*", ACLOperation.READ, ACLPermissionType.ALLOW, group)])
        yield {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_PARTITIONS": "2"}


@contextlib.contextmanager
def secured(folder: Path, **wrong: str) -> Iterator[dict[str, str]]:
    """A broker that asks for TLS and a password, and settings of which ``wrong`` ones are."""
    authority(folder)
    trustme.CA().cert_pem.write_to_path(folder / "other-ca.pem")
    with Kafka(folder, secured=folder / "server.pem", users=USERS) as kafka:
        yield {
            "COPYDESK_BROKER": kafka.bootstrap,
            "COPYDESK_SECURITY_PROTOCOL": "SASL_SSL",
            "COPYDESK_SASL_USERNAME": "copydesk",
            "COPYDESK_SASL_PASSWORD": USERS["copydesk"],
            "COPYDESK_SSL_CAFILE": str(folder / "ca.pem"),
            **{name: value.format(folder=folder) for name, value in wrong.items()},
        }


@contextlib.contextmanager
def wrong_password(folder: Path) -> Iterator[dict[str, str]]:
    """A password that is not ours."""
    with secured(folder, COPYDESK_SASL_PASSWORD="wrong-word") as environment:
        yield environment


@contextlib.contextmanager
def wrong_authority(folder: Path) -> Iterator[dict[str, str]]:
    """An authority that did not sign the broker's certificate."""
    with secured(folder, COPYDESK_SSL_CAFILE="{folder}/other-ca.pem") as environment:
        yield environment


@contextlib.contextmanager
def nobody_there(_: Path) -> Iterator[dict[str, str]]:
    """An address at which nothing listens."""
    yield {"COPYDESK_BROKER": "127.0.0.1:1"}


@contextlib.contextmanager
def truncated_archive(folder: Path) -> Iterator[dict[str, str]]:
    """A WARC file that ends in the midst of a record."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pages.page(1)[1]
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2026-05-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:5c2bdd60-3d2b-4d3c-8d8f-0d4a7a1b2c3d>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    record = gzip.compress(head.encode() + page + b"\r\n\r\n")
    (folder / "cut.warc.gz").write_bytes(record + record[: len(record) // 2])
    yield {}


@contextlib.contextmanager
def full_broker(folder: Path) -> Iterator[dict[str, str]]:
    """A broker whose disk is full."""
    (folder / "pages.jsonl").write_bytes(b"".join(pages.page(number)[1] + b"\n" for number in range(500)))
    with disk.small(folder, "kafka", "64m"), Kafka(folder / "kafka") as kafka:
        admin.create_topics(kafka.bootstrap, topics(2))
        disk.stuff(folder / "kafka")
        yield {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_PARTITIONS": "2"}


SET_UPS = (
    SetUp("topics", "topics missing", r"no such topic at .*copydesk topics create", no_topics),
    SetUp("partitions", "other number of partitions", r"2 partitions, COPYDESK_PARTITIONS says 3", other_partitions),
    SetUp(
        "group",
        "consumer group that may not be read",
        r"does not let us into the group copydesk: grant READ",
        foreign_group,
    ),
    SetUp("password", "wrong password", r"(?i)authentication failed|does not let us in", wrong_password),
    SetUp("authority", "wrong certificate authority", r"certificate verify failed", wrong_authority),
    SetUp("address", "nobody at the address", r"no Kafka broker answers at 127\.0\.0\.1:1", nobody_there),
    SetUp(
        "archive",
        "truncated WARC",
        r"cut off after the record",
        truncated_archive,
        ("feed", "{folder}/cut.warc.gz", "--dry-run"),
    ),
    SetUp("full", "broker's disk full", r"broker", full_broker, ("feed", "{folder}/pages.jsonl"), disk.missing),
)
