"""How `make compose` speaks to Docker, seen from its side: a stand-in that notes what it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ops.compose.__main__ import main, verdict
from ops.compose.stack import PROJECT, StackError, stack
from ops.grafana.check import Answer

ROOT = Path(__file__).parents[2]
WELL = 'case "$*" in version*) echo 1.45;; esac'
DRAWS, SILENT = Answer("Overview", "Lag", "lag", 2), Answer("Overview", "Copies", "copies", 0)
ACCOUNT = {"sent": 49, "enriched": 30, "duplicates": 10, "dead letters": 9, "lost": 0, "twice otherwise": 0,
           "different": 0, "sent again": 1}  # fmt: skip


class Docker:
    """A ``docker`` that comes first on the PATH."""

    def __init__(self, folder: Path) -> None:
        self._calls, self._file = folder / "calls", folder / "docker"

    def does(self, script: str) -> None:
        self._file.write_text(f'#!/bin/sh\necho "$*" >> {self._calls}\n{script}\n')
        self._file.chmod(0o755)

    @property
    def told(self) -> list[str]:
        """The commands of compose that it was told for our project."""
        calls = self._calls.read_text().splitlines() if self._calls.exists() else []
        return [call.partition(f"--project-name {PROJECT} ")[2] for call in calls if PROJECT in call]


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Docker:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return Docker(tmp_path)


def test_without_docker_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main() == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "Docker is not installed; install Docker Engine 25" in line


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 1", "no Compose plugin"),
        ('case "$*" in version*) echo cannot connect >&2; exit 1;; esac', r"no Docker engine answers (cannot connect)"),
        ('case "$*" in version*) echo 1.41;; esac', "too old"),
    ],
)
def test_what_docker_lacks_is_told_in_one_line(
    script: str, told: str, docker: Docker, capsys: pytest.CaptureFixture[str]
) -> None:
    docker.does(script)
    assert main() == 2
    [line] = capsys.readouterr().err.splitlines()
    assert told in line
    assert docker.told == []


def test_a_stack_that_does_not_come_up_is_taken_down(docker: Docker, capsys: pytest.CaptureFixture[str]) -> None:
    docker.does(f'{WELL}\ncase "$*" in *" up "*) exit 1;; esac')
    assert main() == 1
    assert "did not come up" in capsys.readouterr().err
    assert docker.told[0].startswith("up --build --detach --wait ")
    assert docker.told[-1].startswith("down --volumes")


def test_a_stack_is_taken_down_when_what_is_done_with_it_fails(docker: Docker) -> None:
    docker.does(WELL)
    with pytest.raises(StackError), stack():
        raise StackError
    assert docker.told[-1].startswith("down --volumes")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stack_is_taken_down_when_somebody_ends_it(how: signal.Signals, docker: Docker) -> None:
    docker.does(f'{WELL}\ncase "$*" in *" up "*) exec sleep 60;; esac')
    with subprocess.Popen([sys.executable, "-m", "ops.compose"], cwd=ROOT) as process:
        deadline = time.monotonic() + 60
        while not docker.told:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(how)
        assert process.wait(timeout=30) == 130
    assert docker.told[-1].startswith("down --volumes")


@pytest.mark.parametrize(
    ("account", "drawn", "wrong"),
    [
        (ACCOUNT, [DRAWS], []),
        (ACCOUNT, [DRAWS, SILENT], ["Overview, Copies: draws nothing"]),
        (ACCOUNT | {"lost": 3}, [DRAWS], ["3 pages are nowhere to be found"]),
        (ACCOUNT | {"twice otherwise": 1}, [DRAWS], ["1 pages ended in two ways"]),
        (ACCOUNT | {"sent": 0}, [DRAWS], ["nothing was sent"]),
    ],
)
def test_what_is_wrong_is_told(account: dict[str, int], drawn: list[Answer], wrong: list[str]) -> None:
    assert verdict(account, drawn) == wrong
