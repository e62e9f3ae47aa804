"""What docker-compose.yml starts, started without containers: topics, a worker and the live page that say they are well
by compose's own health checks, the demo, and Prometheus under its options.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from ops.ports import free_port

ROOT = Path(__file__).parents[3]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))[
    "services"
]


def is_healthy(service: str, replaced: dict[str, str]) -> bool:
    """What the service's own health check says, with its port ``replaced`` by the one it has here."""
    command = [sys.executable, *SERVICES[service]["healthcheck"]["test"][2:]]
    for there, here in replaced.items():
        command = [part.replace(there, here) for part in command]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def wait_until(done: Callable[[], bool], *running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while not done():
        assert all(process.poll() is None for process in running)
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.kafka
def test_the_services_of_compose_run_the_demo(kafka_address: str, tmp_path: Path) -> None:
    metrics, page = str(free_port()), str(free_port())
    own = {name: str(value) for name, value in SERVICES["worker"]["environment"].items() if "$" not in str(value)}
    environment = {**os.environ, **own, "COPYDESK_BROKER": kafka_address, "COPYDESK_TOPIC_PREFIX": "compose.",
                   "COPYDESK_GROUP": "compose", "COPYDESK_METRICS_PORT": metrics}  # fmt: skip
    copydesk = [sys.executable, "-m", "copydesk"]
    subprocess.run([*copydesk, *SERVICES["topics"]["command"]], env=environment, check=True)
    listening = [part.replace("0.0.0.0", "127.0.0.1") for part in SERVICES["serve"]["command"]]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen([*copydesk, "worker"], env=environment, stdout=log, stderr=log) as worker,
        subprocess.Popen([*copydesk, *listening, "--port", page], env=environment, stdout=log, stderr=log) as serve,
    ):
        try:
            wait_until(lambda: is_healthy("worker", {"9108": metrics}), worker)
            wait_until(lambda: is_healthy("serve", {"8000": page}), serve)
            demo = [*copydesk, "demo", "--broker", kafka_address, "-o", str(tmp_path / "demo.jsonl")]
            subprocess.run(demo, env=environment, check=True)
            shown = urlopen(f"http://127.0.0.1:{page}/feed.json").read()
            worker.terminate()
            serve.terminate()
            assert worker.wait(timeout=60) == 0
        finally:
            worker.kill()
            serve.kill()
    assert len((tmp_path / "demo.jsonl").read_bytes().splitlines()) == 49
    assert len(json.loads(shown)["items"]) > 20


@pytest.mark.skipif(shutil.which("prometheus") is None, reason="Prometheus is not installed")
def test_prometheus_starts_with_the_options_of_compose_and_loads_the_alarms(tmp_path: Path) -> None:
    places = {"/etc/prometheus": str(ROOT / "ops/prometheus"), "=/prometheus": f"={tmp_path}"}
    command = SERVICES["prometheus"]["command"]
    for there, here in places.items():
        command = [part.replace(there, here) for part in command]
    address = f"127.0.0.1:{free_port()}"
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(["prometheus", *command, f"--web.listen-address={address}"], stdout=log, stderr=log) as server,
    ):
        try:
            wait_until(lambda: is_answering(f"http://{address}/-/ready"), server)
            groups = json.load(urlopen(f"http://{address}/api/v1/rules"))["data"]["groups"]
        finally:
            server.terminate()
    assert {rule["name"] for group in groups for rule in group["rules"]} >= {"CopydeskDown", "CopydeskSourceSilent"}


def is_answering(url: str) -> bool:
    try:
        return bool(urlopen(url).status == 200)
    except OSError:
        return False
