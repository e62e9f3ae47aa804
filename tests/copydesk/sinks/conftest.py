from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.opensearch import server


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
