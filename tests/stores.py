"""What events are sent to: a web service that keeps what it is sent, an OpenSearch, a PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ops.opensearch import server


class Service(ThreadingHTTPServer):
    """Answers with the statuses it is told, then 200, and keeps what was posted."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, bytes]] = []
        self.posted: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        answers = self.server.answers  # type: ignore[attr-defined]
        status, told = answers.pop(0) if answers else (200, b'{"items": []}')
        self.send_response(status)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def opensearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an OpenSearch of its own."""
    if problem := server.missing():
        pytest.skip(problem)
    with server.opensearch(tmp_path_factory.mktemp("opensearch")) as address:
        yield address


@pytest.fixture
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own, on a socket in a folder; its connection string."""
    initdb, server = shutil.which("initdb"), shutil.which("postgres")
    if not initdb or not server:
        pytest.skip("PostgreSQL is not installed")
    # Not under pytest's folder, which is closed to the user that PostgreSQL runs as when we are root.
    folder = Path(tempfile.mkdtemp(prefix="copydesk-pg-"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
        as_user = {"user": 65534, "group": 65534, "extra_groups": []}
    make = [initdb, "-D", str(folder / "data"), "-U", "copydesk", "-A", "trust", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True, **as_user)  # type: ignore[call-overload]
    process = subprocess.Popen(
        [server, "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **as_user,
    )  # type: ignore[call-overload]  # fmt: skip
    assert process.stderr
    for line in process.stderr:
        if b"ready to accept connections" in line:
            break
    threading.Thread(target=process.stderr.read, daemon=True).start()
    yield f"host={folder} user=copydesk dbname=postgres"
    process.terminate()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
