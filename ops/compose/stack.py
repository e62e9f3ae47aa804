"""Brings up what docker-compose.yml describes, in a project of its own, and takes it down again whatever happens."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parents[2] / "docker-compose.yml"
PROJECT = "copydesk-tried"
"""Not the file's own name: volumes of a stack that somebody uses are not touched."""
WELL_SECONDS = 300
API = (1, 44)  # Engine 25: the first that knows start_interval
ANSWER_SECONDS = 20.0
HOW = "install Docker Engine 25 or later with its Compose plugin: https://docs.docker.com/engine/install/"


class StackError(Exception):
    """The stack did not come up; Docker has said why."""


def missing() -> str | None:
    """What is missing to bring the stack up here, and how to get it; None if nothing is."""
    try:
        if _asked("compose", "version").returncode:
            return f"Docker has no Compose plugin here; {HOW}"
        engine = _asked("version", "--format", "{{.Server.APIVersion}}")
    except FileNotFoundError:
        return f"Docker is not installed; {HOW}"
    except subprocess.TimeoutExpired:
        return f"the Docker engine does not answer; start it, or {HOW}"
    if engine.returncode:
        return f"no Docker engine answers ({_last(engine.stderr)}); start it, or {HOW}"
    version = engine.stdout.strip()
    if tuple(map(int, version.split("."))) < API:
        return f"the Docker engine is too old (its API is {version}); {HOW}"
    return None


@contextlib.contextmanager
def stack() -> Iterator[Stack]:
    """The stack, from when all of it is well to the end of the block; nothing of it stays but the images.

    Raises:
        StackError: it cannot be built or started, or is not well in time.
    """
    one = Stack()
    try:
        one.up()
        yield one
    finally:
        one.down()


class Stack:
    """The services of docker-compose.yml, published on loopback."""

    def up(self) -> None:
        """Build what is ours, start everything, and wait until it is well.

        Raises:
            StackError: that failed.
        """
        if self._run("up", "--build", "--detach", "--wait", "--wait-timeout", str(WELL_SECONDS)):
            self._run("logs", "--tail", "20")
            raise StackError("the stack did not come up: see what Docker says above")

    def down(self) -> None:
        """Take everything down, with its volumes."""
        self._run("down", "--volumes", "--remove-orphans")

    def address(self, service: str, port: int) -> str:
        """Where ``port`` of ``service`` is published (host:port)."""
        return self._answer("port", service, str(port)).strip()

    def setting(self, service: str, name: str) -> str:
        """What the environment of ``service`` has under ``name``."""
        services = json.loads(self._answer("config", "--format", "json"))["services"]
        return str(services[service]["environment"][name])

    def _run(self, *command: str) -> int:
        return subprocess.run([*_COMPOSE, *command], check=False).returncode

    def _answer(self, *command: str) -> str:
        return subprocess.run([*_COMPOSE, *command], check=True, capture_output=True, text=True).stdout


_COMPOSE = ("docker", "compose", "--file", str(FILE), "--project-name", PROJECT)


def _asked(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *command], check=False, capture_output=True, text=True, timeout=ANSWER_SECONDS)


def _last(said: str) -> str:
    return said.strip().splitlines()[-1] if said.strip() else "it says nothing"
