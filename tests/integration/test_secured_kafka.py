"""A Kafka that asks for TLS and a password: everything works with them, and a wrong one is told at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat

from copydesk import sample
from ops.kafka import broker as kafka_broker

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]

USERS = {"admin": "admin-word", "copydesk": "long-and-secret"}


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a client."""
    if problem := kafka_broker.missing():
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    folder = tmp_path_factory.mktemp("secured")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    issued = authority.issue_cert("127.0.0.1")
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())  # Kafka reads no other
    (folder / "server.pem").write_bytes(pem + b"".join(part.bytes() for part in issued.cert_chain_pems))
    with kafka_broker.Kafka(folder, secured=folder / "server.pem", users=USERS) as server:
        yield {
            "COPYDESK_BROKER": server.bootstrap,
            "COPYDESK_SECURITY_PROTOCOL": "SASL_SSL",
            "COPYDESK_SASL_MECHANISM": "SCRAM-SHA-512",
            "COPYDESK_SASL_USERNAME": "copydesk",
            "COPYDESK_SASL_PASSWORD": USERS["copydesk"],
            "COPYDESK_SSL_CAFILE": str(folder / "ca.pem"),
            "COPYDESK_METRICS_PORT": "0",
            "COPYDESK_PROCESSES": "2",
        }


def run(environment: dict[str, str], *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copydesk", *arguments],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
def test_pages_go_through_a_secured_kafka(secured: dict[str, str], tmp_path: Path, mechanism: str) -> None:
    prefix = mechanism.lower().replace("-", "")
    environment = {**secured, "COPYDESK_SASL_MECHANISM": mechanism, "COPYDESK_TOPIC_PREFIX": f"{prefix}.",
                   "COPYDESK_GROUP": prefix}  # fmt: skip
    made = run(environment, "topics", "create")
    assert made.returncode == 0, made.stderr
    (tmp_path / "crawl.jsonl").write_bytes(b"".join(message.value + b"\n" for message in list(sample.messages())[:5]))
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "copydesk", "worker"], env={**os.environ, **environment}, stdout=log, stderr=log
        )
    try:
        fed = run(environment, "feed", str(tmp_path / "crawl.jsonl"))
        assert fed.returncode == 0, fed.stderr
        shown = run(environment, "tail", "enriched", "--from-beginning", "--limit", "1", seconds=90)
        assert len(shown.stdout.splitlines()) == 1
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
    assert USERS["copydesk"] not in (tmp_path / "worker.log").read_text()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"COPYDESK_SASL_PASSWORD": "wrong-word"}, ""),
        ({"COPYDESK_SSL_CAFILE": ""}, "certificate"),
        ({"COPYDESK_BROKER": "127.0.0.1:1"}, "127.0.0.1:1"),
    ],
    ids=["password", "certificate authority", "address"],
)
@pytest.mark.parametrize("command", [["worker"], ["topics", "list"]], ids=["worker", "topics"])
def test_a_wrong_set_up_is_told_within_ten_seconds(
    secured: dict[str, str], wrong: dict[str, str], told: str, command: list[str]
) -> None:
    environment = {name: value for name, value in {**secured, **wrong}.items() if value}
    began = time.monotonic()
    refused = run(environment, *command)
    assert time.monotonic() - began < 10 + 5  # a cold interpreter and spaCy's import come on top here
    assert refused.returncode == 2
    assert told in refused.stderr
    assert len(refused.stderr.strip().splitlines()[-1]) < 600
    assert "wrong-word" not in refused.stderr
    assert USERS["copydesk"] not in refused.stderr


def test_settings_do_not_print_the_password(secured: dict[str, str]) -> None:
    printed = run(secured, "settings").stdout
    assert "SASL_SSL" in printed
    assert USERS["copydesk"] not in printed
