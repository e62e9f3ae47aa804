from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
import yaml
from prometheus_client import REGISTRY

from copydesk.agents.watching import metrics
from ops.grafana.dashboards import ALL, FOLDER, texts
from ops.grafana.panels import COLUMNS, Dashboard, Panel
from ops.prometheus.server import RULES

PANELS = [pytest.param(panel, id=f"{page.title}: {panel.title}") for page in ALL for panel in page.panels]
NAMES = {name for metric in metrics.TABLE for name in REGISTRY._get_names(metric)}
ALARMS = [
    rule
    for group in yaml.safe_load((RULES / "copydesk.yml").read_text())["groups"]
    for rule in group["rules"]
    if "alert" in rule
]
OPERATIONS = (FOLDER.parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def test_the_committed_dashboards_are_what_the_script_makes() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")} == texts()


# The rules of https://github.com/grafana/dashboard-linter that apply to a dashboard without alerts of its own.
@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_says_what_it_shows_in_which_unit_and_asks_the_chosen_workers(panel: Panel) -> None:
    assert panel.title
    assert panel.description.endswith(".")
    assert panel.unit
    for query in panel.queries.values():
        assert set(re.findall(r"copydesk_\w+", query)) <= NAMES
        assert not re.search(r"rate\([^)]*\[\d", query), "a fixed window draws nothing when Prometheus scrapes slowly"
        assert "$instance" in query or query.startswith(("sum(up{", "count(ALERTS{"))


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.title)
def test_panels_lie_side_by_side_and_pages_link_to_each_other(page: Dashboard) -> None:
    drawn = page.json(ALL)
    assert json.loads(json.dumps(drawn)) == drawn
    assert len(drawn["links"]) == len(ALL) - 1
    places = [panel["gridPos"] for panel in drawn["panels"]]
    assert all(place["x"] + place["w"] <= COLUMNS for place in places)
    assert all(a["y"] < b["y"] or a["x"] + a["w"] <= b["x"] for a, b in pairwise(places))


@pytest.mark.parametrize("rule", ALARMS, ids=lambda rule: rule["alert"])
def test_an_alarm_asks_for_what_there_is_and_has_a_paragraph_on_what_to_do(rule: dict[str, object]) -> None:
    assert set(re.findall(r"copydesk_\w+", str(rule["expr"]))) <= NAMES
    assert f"### {rule['alert']}\n" in OPERATIONS
    assert rule["annotations"]["runbook_url"] == f"docs/operations.md#{str(rule['alert']).lower()}"  # type: ignore[index]
