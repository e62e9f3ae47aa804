"""A Kafka that asks for TLS and a password, token or certificate: everything works; what is wrong is told at once."""

from __future__ import annotations

import base64
import http.server
import json
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copydesk.demo import sample
from ops.kafka import broker as kafka_broker
from tests.integration.secured import BUSY_SECONDS, PROMISED_SECONDS, authority, run, started

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]

USERS = {"admin": "admin-word", "copydesk": "long-and-secret"}


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a client."""
    folder = tmp_path_factory.mktemp("secured")
    authority(folder)
    with kafka_broker.Kafka(folder, secured=folder / "server.pem", users=USERS) as server:
        yield {
            "COPYDESK_BROKER": server.bootstrap,
            "COPYDESK_SECURITY_PROTOCOL": "SASL_SSL",
            "COPYDESK_SASL_MECHANISM": "SCRAM-SHA-512",
            "COPYDESK_SASL_USERNAME": "copydesk",
            "COPYDESK_SASL_PASSWORD": USERS["copydesk"],
            "COPYDESK_SSL_CAFILE": str(folder / "ca.pem"),
            "COPYDESK_METRICS_PORT": "0",
            "COPYDESK_PROCESSES": "1",
        }


def go_through(environment: dict[str, str], folder: Path) -> str:
    """Feed five pages, and see one come out; what the worker logged."""
    made = run(environment, "topics", "create")
    assert made.returncode == 0, made.stderr
    (folder / "crawl.jsonl").write_bytes(b"".join(message.value + b"\n" for message in list(sample.messages())[:5]))
    worker = started(environment, folder / "worker.log", "worker")
    try:
        fed = run(environment, "feed", str(folder / "crawl.jsonl"))
        assert fed.returncode == 0, fed.stderr
        shown = run(environment, "tail", "enriched", "--from-beginning", "--limit", "1", seconds=180)
        assert len(shown.stdout.splitlines()) == 1
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    finally:
        worker.kill()
    return (folder / "worker.log").read_text()


def own(environment: dict[str, str], name: str) -> dict[str, str]:
    """``environment`` with topics and a group of its own."""
    return {**environment, "COPYDESK_TOPIC_PREFIX": f"{name}.", "COPYDESK_GROUP": name}


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
def test_pages_go_through_with_a_password(secured: dict[str, str], tmp_path: Path, mechanism: str) -> None:
    environment = own({**secured, "COPYDESK_SASL_MECHANISM": mechanism}, mechanism.lower())
    assert USERS["copydesk"] not in go_through(environment, tmp_path)


def token(seconds: int = 600) -> str:
    """A token that nobody has signed, good for ``seconds``: a broker without an authority to ask takes it."""
    now = int(time.time())
    parts = {"alg": "none"}, {"sub": "copydesk", "iat": now, "exp": now + seconds}
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[bytes]]]:
    """An authority that gives tokens to who asks with the right name and secret; its address, and what it was asked."""
    asked: list[bytes] = []
    expected = "Basic " + base64.b64encode(f"copydesk:{USERS['copydesk']}".encode()).decode()

    class Authority(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            right = self.headers["Authorization"] == expected
            told = {"access_token": token(), "token_type": "Bearer", "expires_in": 600}
            body = json.dumps(told if right else {"error": "invalid_client"}).encode()
            self.send_response(200 if right else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authority) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/token", asked
        server.shutdown()


@pytest.fixture
def by_token(secured: dict[str, str]) -> dict[str, str]:
    return {**secured, "COPYDESK_SASL_MECHANISM": "OAUTHBEARER"}


def test_pages_go_through_with_a_token_from_a_file(by_token: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text(token() + "\n")
    environment = own({**by_token, "COPYDESK_SASL_TOKEN_FILE": str(tmp_path / "token")}, "file")
    assert (tmp_path / "token").read_text().strip() not in go_through(environment, tmp_path)


def test_pages_go_through_with_a_token_from_an_authority(
    by_token: dict[str, str], tmp_path: Path, endpoint: tuple[str, list[bytes]]
) -> None:
    address, asked = endpoint
    given = {"COPYDESK_SASL_TOKEN_URL": address, "COPYDESK_SASL_TOKEN_SCOPE": "kafka"}
    go_through(own({**by_token, **given}, "endpoint"), tmp_path)
    assert all(b"grant_type=client_credentials" in body and b"scope=kafka" in body for body in asked)


def test_topics_are_listed_with_a_token_from_a_command(by_token: dict[str, str]) -> None:
    command = shlex.join([sys.executable, "-c", f"print({token()!r})"])
    listed = run({**by_token, "COPYDESK_SASL_TOKEN_COMMAND": command}, "topics", "list")
    assert listed.returncode == 1  # there are none
    assert "missing" in listed.stdout


def no_source(_: Path) -> dict[str, str]:
    return {}


def no_file(folder: Path) -> dict[str, str]:
    return {"COPYDESK_SASL_TOKEN_FILE": str(folder / "none")}


def no_command(_: Path) -> dict[str, str]:
    return {"COPYDESK_SASL_TOKEN_COMMAND": "false"}


def no_authority(_: Path) -> dict[str, str]:
    return {"COPYDESK_SASL_TOKEN_URL": "http://127.0.0.1:1/token"}


def no_token(folder: Path) -> dict[str, str]:
    (folder / "token").write_text("one that is no token\n")
    return {"COPYDESK_SASL_TOKEN_FILE": str(folder / "token")}


@pytest.mark.parametrize("wrong", [no_source, no_file, no_command, no_authority, no_token])
@pytest.mark.parametrize("command", [["worker"], ["topics", "list"]], ids=["worker", "topics"])
def test_a_token_that_is_not_to_be_had_is_told_at_once(
    by_token: dict[str, str], tmp_path: Path, wrong: Callable[[Path], dict[str, str]], command: list[str]
) -> None:
    refused = run({**by_token, **wrong(tmp_path)}, *command)
    assert refused.returncode == 2
    assert "token" in refused.stderr.casefold()
    assert "Traceback" not in refused.stderr
    assert "one that is no token" not in refused.stderr


def test_a_token_that_is_over_is_refused_within_ten_seconds(by_token: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text(token(seconds=-600))
    began = time.monotonic()
    refused = run({**by_token, "COPYDESK_SASL_TOKEN_FILE": str(tmp_path / "token")}, "worker")
    assert refused.returncode == 2, refused.stderr
    assert time.monotonic() - began < PROMISED_SECONDS + BUSY_SECONDS


def test_pages_go_through_with_a_certificate(tmp_path: Path) -> None:
    issuer = authority(tmp_path)
    issuer.issue_cert("copydesk").private_key_and_cert_chain_pem.write_to_path(tmp_path / "client.pem")
    with kafka_broker.Kafka(tmp_path, secured=tmp_path / "server.pem") as server:
        stranger = {
            "COPYDESK_BROKER": server.bootstrap, "COPYDESK_SECURITY_PROTOCOL": "SSL", "COPYDESK_METRICS_PORT": "0",
            "COPYDESK_SSL_CAFILE": str(tmp_path / "ca.pem"), "COPYDESK_PROCESSES": "1",
        }  # fmt: skip
        go_through({**stranger, "COPYDESK_SSL_CERTFILE": str(tmp_path / "client.pem")}, tmp_path)
        assert run(stranger, "worker").returncode == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"COPYDESK_SASL_PASSWORD": "wrong-word"}, ""),
        ({"COPYDESK_SSL_CAFILE": ""}, "certificate"),
        ({"COPYDESK_SSL_CAFILE": "/nowhere/ca.pem"}, "/nowhere/ca.pem"),
        ({"COPYDESK_BROKER": "127.0.0.1:1"}, "127.0.0.1:1"),
    ],
    ids=["password", "certificate authority", "file", "address"],
)
@pytest.mark.parametrize("command", [["worker"], ["topics", "list"]], ids=["worker", "topics"])
def test_a_wrong_set_up_is_told_within_ten_seconds(
    secured: dict[str, str], wrong: dict[str, str], told: str, command: list[str]
) -> None:
    environment = {name: value for name, value in {**secured, **wrong}.items() if value}
    began = time.monotonic()
    refused = run(environment, *command)
    assert time.monotonic() - began < PROMISED_SECONDS + BUSY_SECONDS
    assert refused.returncode == 2
    assert told in refused.stderr
    assert len(refused.stderr.strip().splitlines()[-1]) < 600
    assert "wrong-word" not in refused.stderr
    assert USERS["copydesk"] not in refused.stderr


def test_settings_do_not_print_the_password(secured: dict[str, str]) -> None:
    printed = run(secured, "settings").stdout
    assert "SASL_SSL" in printed
    assert USERS["copydesk"] not in printed
