"""Grafana's dashboards as plain values: a panel says what it shows, the page lays them out.

Reference:
    https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ops.grafana.options import OPTIONS, Kind

COLUMNS = 24
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
SCHEMA_VERSION = 39  # Grafana 10.4 and later read it
NOTHING = "nothing yet"


@dataclass(frozen=True)
class Panel:
    """One question, and the PromQL that answers it: ``queries`` maps a legend to its query."""

    title: str
    description: str
    queries: dict[str, str]
    unit: str
    kind: Kind = "timeseries"
    width: int = 8
    height: int = 8
    stacked: bool = False
    red_from: float | None = None
    """The value from which on a stat is red."""

    def json(self, number: int, x: int, y: int) -> dict[str, Any]:
        """The panel at column ``x`` and row ``y``."""
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.description,
            "datasource": SOURCE,
            "gridPos": {"x": x, "y": y, "w": self.width, "h": self.height},
            "targets": [self._target(chr(65 + i), *query) for i, query in enumerate(self.queries.items())],
            "fieldConfig": {"defaults": self._defaults(), "overrides": []},
            "options": OPTIONS[self.kind],
        }

    def _target(self, letter: str, legend: str, query: str) -> dict[str, Any]:
        instant = self.kind in ("stat", "bargauge", "table")
        shape = {"heatmap": "heatmap", "table": "table"}.get(self.kind, "time_series")
        return {
            "refId": letter,
            "datasource": SOURCE,
            "expr": query,
            "legendFormat": legend,
            "format": shape,
            "instant": instant,
            "range": not instant,
        }

    def _defaults(self) -> dict[str, Any]:
        steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
        if self.red_from is not None:
            steps.append({"color": "red", "value": self.red_from})
        style = {"fillOpacity": 15 if self.stacked else 0, "stacking": {"mode": "normal" if self.stacked else "none"}}
        return {
            "unit": self.unit,
            "min": 0,
            "noValue": NOTHING,
            "thresholds": {"mode": "absolute", "steps": steps},
            "custom": {"timeseries": style, "table": {"align": "auto", "inspect": False}}.get(self.kind, {}),
        }


@dataclass(frozen=True)
class Dashboard:
    """A page of panels, one row after another."""

    uid: str
    title: str
    description: str
    panels: Sequence[Panel]

    def json(self, others: Sequence[Dashboard]) -> dict[str, Any]:
        """The page, with links to ``others``."""
        return {
            "uid": self.uid,
            "title": f"Copydesk / {self.title}",
            "description": self.description,
            "tags": ["copydesk"],
            "schemaVersion": SCHEMA_VERSION,
            "editable": False,
            "refresh": "10s",
            "time": {"from": "now-1h", "to": "now"},
            "timezone": "browser",
            "links": [_link(other) for other in others if other.uid != self.uid],
            "templating": {"list": [_DATASOURCE, _INSTANCE]},
            "annotations": {"list": [_ALERTS]},
            "panels": list(self._laid_out()),
        }

    def _laid_out(self) -> Any:
        x = y = tallest = 0
        for number, panel in enumerate(self.panels, 1):
            if x + panel.width > COLUMNS:
                x, y, tallest = 0, y + tallest, 0
            yield panel.json(number, x, y)
            x, tallest = x + panel.width, max(tallest, panel.height)


def _link(other: Dashboard) -> dict[str, Any]:
    return {
        "title": other.title,
        "type": "link",
        "url": f"/d/{other.uid}",
        "keepTime": True,
        "includeVars": True,
        "tooltip": other.description,
        "icon": "dashboard",
        "tags": [],
        "asDropdown": False,
        "targetBlank": False,
    }


_DATASOURCE = {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
_INSTANCE = {
    "name": "instance",
    "label": "Worker",
    "type": "query",
    "datasource": SOURCE,
    "query": "label_values(copydesk_build_info, instance)",
    "definition": "label_values(copydesk_build_info, instance)",
    "includeAll": True,
    "multi": True,
    "allValue": ".*",
    "current": {"text": "All", "value": "$__all"},
    "refresh": 2,
}
_ALERTS = {
    "name": "Alarms",
    "datasource": SOURCE,
    "enable": True,
    "iconColor": "red",
    "expr": 'ALERTS{alertstate="firing", alertname=~"Copydesk.*"}',
    "titleFormat": "{{alertname}}",
}
