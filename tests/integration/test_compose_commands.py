"""What docker-compose.yml starts, started without containers: topics, a worker that says it is well, the demo."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

from ops.kafka.broker import Kafka
from ops.prometheus.server import free_port

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8")
)["services"]


def wait_until_healthy(port: int, worker: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and worker.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz") as reply:
                assert reply.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the worker never said that it is well")


@pytest.mark.kafka
def test_the_services_of_compose_run_the_demo(kafka_server: Kafka, tmp_path: Path) -> None:
    port = free_port()
    own = {name: str(value) for name, value in SERVICES["worker"]["environment"].items() if "$" not in str(value)}
    environment = {**os.environ, **own, "COPYDESK_BROKER": kafka_server.bootstrap, "COPYDESK_TOPIC_PREFIX": "compose.",
                   "COPYDESK_GROUP": "compose", "COPYDESK_METRICS_PORT": str(port)}  # fmt: skip
    copydesk = [sys.executable, "-m", "copydesk"]
    subprocess.run([*copydesk, *SERVICES["topics"]["command"]], env=environment, check=True)
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen([*copydesk, "worker"], env=environment, stdout=log, stderr=log)
    try:
        wait_until_healthy(port, worker)
        demo = [*copydesk, "demo", "--broker", kafka_server.bootstrap, "-o", str(tmp_path / "demo.jsonl")]
        subprocess.run(demo, env=environment, check=True)
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
    assert len((tmp_path / "demo.jsonl").read_bytes().splitlines()) == 49
