"""Every panel and every alarm, asked of a real Prometheus that scrapes a real worker at work."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from ops.grafana.check import answers
from ops.observe import observed
from ops.prometheus import server
from ops.prometheus.server import RULES, Prometheus
from tests.integration.conftest import Broker

PATIENCE_SECONDS = 180.0

pytestmark = pytest.mark.skipif(server.missing() is not None, reason=str(server.missing()))


@pytest.fixture
def prometheus(embedded_broker: Broker, folder: Path) -> Iterator[Prometheus]:
    with observed(embedded_broker.bootstrap, embedded_broker.topics, folder, seconds=6) as running:
        yield running


@pytest.mark.embedded
def test_every_panel_draws_something_and_every_rule_is_sound(prometheus: Prometheus) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS  # a busy machine is scraped late
    while (
        silent := [answer for answer in answers(prometheus, 20) if not answer.series]
    ) and time.monotonic() < deadline:
        continue
    assert silent == []
    rules = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert {rule["health"] for rule in rules} == {"ok"}
    known = set(prometheus.get("label/__name__/values"))
    asked = {name for rule in rules for name in re.findall(r"copydesk_\w+", rule["query"])}
    assert asked <= known
    shown = urlopen(f"http://{prometheus.targets[0]}/metrics").read()
    ours = b"".join(line for line in shown.splitlines(keepends=True) if b"copydesk_" in line)
    linted = subprocess.run(["promtool", "check", "metrics"], input=ours, check=False, capture_output=True)
    assert (linted.returncode, linted.stderr) == (0, b"")


def test_alarms_fire_when_they_should_and_only_then() -> None:
    subprocess.run(["promtool", "test", "rules", str(RULES.parent / "tests" / "copydesk.yml")], check=True)
