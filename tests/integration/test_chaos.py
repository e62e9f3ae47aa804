"""A little of everything that can go wrong, and the account after it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ops.kafka.broker import Kafka


@pytest.mark.kafka
@pytest.mark.timeout(900)
def test_nothing_is_lost_in_a_little_chaos(kafka_server: Kafka) -> None:
    played = subprocess.run([sys.executable, "-m", "ops.chaos", "--quick"], capture_output=True, text=True, check=False)
    print(played.stdout)
    assert played.returncode == 0, played.stderr[-3000:]
