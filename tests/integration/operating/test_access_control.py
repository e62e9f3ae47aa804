"""A Kafka that forbids what is not allowed: each role does its work with the grants that are listed for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from kafka import KafkaAdminClient
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType

from copydesk.demo import sample
from copydesk.operating.roles import ROLES, Grant, grants
from copydesk.schemas.topics import topics
from ops.kafka import broker as kafka_broker
from tests.integration.secured import BUSY_SECONDS, PROMISED_SECONDS, authority, run, started

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]

WORD = "long-and-secret"
Allow = Callable[[str, Iterable[Grant]], None]
As = Callable[[str], dict[str, str]]


def allowed(user: str, grant: Grant) -> ACL:
    pattern = ResourcePattern(ResourceType[grant.on.upper()], grant.name)
    return ACL(f"User:{user}", "*", ACLOperation[grant.operation], ACLPermissionType.ALLOW, pattern)


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[As, Allow]]:
    """The environment of a user of a name, and what allows such a user something."""
    folder = tmp_path_factory.mktemp("guarded")
    authority(folder)
    users = dict.fromkeys(("root", *ROLES, "stranger"), WORD)
    settings = {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:root;User:ANONYMOUS",  # the controller's listener is the broker's own
    }
    with kafka_broker.Kafka(folder, secured=folder / "server.pem", users=users, settings=settings) as server:
        admin = KafkaAdminClient(
            bootstrap_servers=server.bootstrap, security_protocol="SASL_SSL", ssl_cafile=str(folder / "ca.pem"),
            sasl_mechanism="PLAIN", sasl_plain_username="root", sasl_plain_password=WORD,
        )  # fmt: skip

        def environment(user: str) -> dict[str, str]:
            return {
                "COPYDESK_BROKER": server.bootstrap, "COPYDESK_SECURITY_PROTOCOL": "SASL_SSL",
                "COPYDESK_SASL_MECHANISM": "PLAIN", "COPYDESK_SASL_USERNAME": user, "COPYDESK_SASL_PASSWORD": WORD,
                "COPYDESK_SSL_CAFILE": str(folder / "ca.pem"), "COPYDESK_METRICS_PORT": "0", "COPYDESK_PROCESSES": "1",
            }  # fmt: skip

        def allow(user: str, granted: Iterable[Grant]) -> None:
            assert not admin.create_acls([allowed(user, grant) for grant in granted])["failed"]

        with contextlib.closing(admin):
            yield environment, allow


def test_each_role_works_with_its_grants_and_a_worker_that_lacks_the_group_says_so(
    kafka: tuple[As, Allow], tmp_path: Path
) -> None:
    user, allow = kafka
    for role in ("admin", "feeder", "replay"):
        allow(role, grants(role, topics(), "copydesk"))
    allow("subscriber", grants("subscriber", topics(), "copydesk-sink-duckdb"))
    every = grants("worker", topics(), "copydesk")
    allow("worker", (grant for grant in every if grant.on != "group"))

    created = run(user("admin"), "topics", "create")
    assert created.returncode == 0, created.stderr
    assert run(user("admin"), "topics", "list").returncode == 0

    began = time.monotonic()
    refused = run(user("worker"), "worker")
    assert refused.returncode == 2
    assert "group copydesk: grant READ" in refused.stderr
    assert time.monotonic() - began < PROMISED_SECONDS + BUSY_SECONDS
    allow("worker", every)

    (tmp_path / "crawl.jsonl").write_bytes(b"".join(message.value + b"\n" for message in list(sample.messages())[:5]))
    (tmp_path / "broken.jsonl").write_bytes(b"{\n")
    for fed in (["crawl.jsonl"], ["broken.jsonl", "--unchecked"]):
        done = run(user("feeder"), "feed", str(tmp_path / fed[0]), *fed[1:])
        assert done.returncode == 0, done.stderr
    worker = started(user("worker"), tmp_path / "worker.log", "worker")
    try:
        store = str(tmp_path / "news.duckdb")
        shown = run(user("subscriber"), "tail", "enriched", "--from-beginning", "--limit", "1", seconds=180)
        assert len(shown.stdout.splitlines()) == 1, shown.stderr
        kept = run(user("subscriber"), "sink", "duckdb", store, "--once", "--seconds", "3")
        assert kept.returncode == 0, kept.stderr
        again = run(user("replay"), "replay", "--error", "ContractError")
        assert "sent back 1, 0 stay" in again.stdout, again.stderr
        worker.terminate()
        assert worker.wait(timeout=60) == 0, (tmp_path / "worker.log").read_text()
        grown = run(user("admin"), "topics", "grow", "--partitions", "4")
        assert grown.returncode == 0, grown.stderr
    finally:
        worker.kill()


def test_an_archive_is_extracted_with_the_grants_of_the_backfill_lane(kafka: tuple[As, Allow], tmp_path: Path) -> None:
    user, allow = kafka
    run(user("root"), "topics", "create")
    allow("backfill", grants("backfill", topics(), "copydesk"))
    page = {**orjson.loads(next(sample.messages()).value), "url": "https://archive.example/1", "source": None}
    (tmp_path / "archive.jsonl").write_bytes(orjson.dumps(page))
    fed = run(user("root"), "feed", "--lane", "backfill", str(tmp_path / "archive.jsonl"))
    assert fed.returncode == 0, fed.stderr
    at_once = {"COPYDESK_BACKFILL_WHEN_IDLE": "false"}  # the machine may always have something else to do
    worker = started({**user("backfill"), **at_once}, tmp_path / "backfill.log", "worker", "--lane", "backfill")
    try:
        tail = ["tail", "extracted", "--from-beginning", "--as", "json", "--where", 'source = "archive.example"']
        shown = run(user("root"), *tail, "--limit", "1", seconds=180)
        assert orjson.loads(shown.stdout)["raw"]["topic"] == "news.raw.backfill", (
            tmp_path / "backfill.log"
        ).read_text()
    finally:
        worker.kill()


@pytest.mark.parametrize("command", [["worker"], ["topics", "list"], ["tail", "enriched"], ["dead-letters"]])
def test_who_is_allowed_nothing_is_told_so(kafka: tuple[As, Allow], command: list[str]) -> None:
    user, _ = kafka
    refused = run(user("stranger"), *command)
    assert refused.returncode in (1, 2)
    assert "Traceback" not in refused.stderr
    assert refused.stderr.strip() or "missing" in refused.stdout
