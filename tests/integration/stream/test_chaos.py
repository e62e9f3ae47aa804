"""A little of everything that can go wrong, and the account after it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from copydesk.agents.worker import EX_TEMPFAIL
from copydesk.operating import admin
from copydesk.schemas.topics import topics
from ops.chaos.crew import Crew
from ops.kafka.broker import Kafka
from tests.integration.secured import BUSY_SECONDS, PROMISED_SECONDS

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_address")]


@pytest.mark.timeout(900)
def test_nothing_is_lost_in_a_little_chaos() -> None:
    command = [sys.executable, "-m", "ops.chaos", "--quick", "--rate", "6"]
    played = subprocess.run(command, capture_output=True, text=True, check=False)
    print(played.stdout)
    assert played.returncode == 0, played.stderr[-3000:]


@pytest.mark.timeout(180)
def test_a_worker_told_to_stop_while_the_broker_is_away_ends_within_ten_seconds(tmp_path: Path) -> None:
    with Kafka(tmp_path) as server:
        admin.create_topics(server.bootstrap, topics(2))
        environment = {"COPYDESK_BROKER": server.bootstrap, "COPYDESK_PARTITIONS": "2", "COPYDESK_PROCESSES": "1"}
        with Crew(1, environment, tmp_path / "workers.log") as crew:
            [worker] = crew.workers
            assert crew.ready(worker)
            server.kill()
            began = time.monotonic()
            assert crew.leave(worker) in (0, EX_TEMPFAIL)
            assert time.monotonic() - began < PROMISED_SECONDS + BUSY_SECONDS
