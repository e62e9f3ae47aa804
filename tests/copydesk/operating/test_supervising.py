from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

WORKER = """
import os, pathlib, signal, sys, time
folder = pathlib.Path(sys.argv[1])
port = os.environ["COPYDESK_METRICS_PORT"]
started = len(list(folder.glob(f"{port}.*")))
signal.signal(signal.SIGTERM, lambda *_: ((folder / f"{port}.ended").touch(), sys.exit(0)))
(folder / f"{port}.{os.getpid()}").touch()
if len(sys.argv) > 2 and not started:
    sys.exit(int(sys.argv[2]))
time.sleep(60)
"""
SUPERVISOR = """
import asyncio, sys
from copydesk.operating.supervising import Crew
environments = [{"COPYDESK_METRICS_PORT": port} for port in ("1", "2", "3")]
sys.exit(asyncio.run(Crew([sys.executable, "-c", *sys.argv[1:]], environments).run()))
"""


@contextlib.contextmanager
def crew(folder: Path, *status: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, WORKER, str(folder), *status])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def started(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix != ".ended"]


def wait_for(folder: Path, count: int) -> None:
    deadline = time.monotonic() + 30
    while len(started(folder)) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_workers_are_told_to_end_and_waited_for(tmp_path: Path, number: signal.Signals) -> None:
    with crew(tmp_path) as running:
        wait_for(tmp_path, 3)
        running.send_signal(number)
        assert running.wait(timeout=30) == 0
    assert len(list(tmp_path.glob("*.ended"))) == 3


def test_a_worker_that_is_killed_is_started_again_with_its_own_port(tmp_path: Path) -> None:
    with crew(tmp_path) as running:
        wait_for(tmp_path, 3)
        [second] = tmp_path.glob("2.*")
        os.kill(int(second.suffix[1:]), signal.SIGKILL)
        wait_for(tmp_path, 4)
        assert len(list(tmp_path.glob("2.*"))) == 2
        running.terminate()
        assert running.wait(timeout=30) == 0


def test_workers_that_the_broker_has_failed_are_started_again(tmp_path: Path) -> None:
    with crew(tmp_path, "75") as running:
        wait_for(tmp_path, 6)
        running.terminate()
        assert running.wait(timeout=30) == 0


def test_wrong_settings_end_them_all(tmp_path: Path) -> None:
    with crew(tmp_path, "2") as running:
        assert running.wait(timeout=30) == 2
    assert 1 <= len(started(tmp_path)) <= 3  # the others may have been ended before they had begun
