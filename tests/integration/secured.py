"""A Kafka that asks who is there, and the command line as a user of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from ops.kafka import broker as kafka_broker
from ops.kafka import certificates

PROMISED_SECONDS = 10
"""In which what is wrong is told."""
BUSY_SECONDS = 20
"""What a machine that is busy may add to that. What is not told at once is told after half a minute more, or never."""


def authority(folder: Path) -> trustme.CA:
    """An authority, its certificate at ``ca.pem``, and a broker's certificate at ``server.pem``."""
    if problem := kafka_broker.missing():
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    return certificates.authority(folder)


def run(environment: dict[str, str], *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """A command, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "copydesk", *arguments],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip


def started(environment: dict[str, str], log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A command that goes on, its output in ``log``."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            [sys.executable, "-m", "copydesk", *arguments],
            env={**os.environ, **environment}, stdout=sink, stderr=sink,
        )  # fmt: skip
