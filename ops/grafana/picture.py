"""Draws the Overview dashboard from a Prometheus' data: for where no Grafana can run. Needs matplotlib."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.dates import DateFormatter

from ops.grafana.check import filled
from ops.grafana.dashboards import OVERVIEW
from ops.grafana.panels import COLUMNS, Panel
from ops.prometheus.server import Prometheus

GAP = 2  # rows and columns between panels, for ticks and titles
UNITS = {"reqps": "a second", "s": "seconds", "short": "", "percentunit": "share", "bytes": "bytes"}


def draw(prometheus: Prometheus, seconds: float, file: Path) -> None:
    """Write the panels, laid out as Grafana does, each drawn from its own queries."""
    plt.rcParams.update(
        {"font.size": 8, "svg.hashsalt": "copydesk", "axes.spines.top": False, "axes.spines.right": False}
    )
    places = [panel["gridPos"] for panel in OVERVIEW.json(())["panels"]]
    rows = max(place["y"] + place["h"] for place in places)
    figure = plt.figure(figsize=(16, rows * 0.36))
    grid = figure.add_gridspec(rows, COLUMNS, left=0.09, right=0.98, top=0.97, bottom=0.04)
    for panel, at in zip(OVERVIEW.panels, places, strict=True):
        axes = figure.add_subplot(grid[at["y"] : at["y"] + at["h"] - GAP, at["x"] : at["x"] + at["w"] - GAP])
        axes.set_title(panel.title, loc="left", fontweight="bold", fontsize=9)
        {"stat": _stat, "bargauge": _bars}.get(panel.kind, _lines)(axes, panel, prometheus, seconds)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def _stat(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    axes.axis("off")
    for query in panel.queries.values():
        series = prometheus.series(filled(query), seconds)
        value = series[0][1][-1][1] if series else 0.0
        shown = f"{value:.0%}" if panel.unit == "percentunit" else f"{value:.3g}"
        axes.text(0, 0.3, f"{shown} {UNITS[panel.unit]}".replace("share", ""), fontsize=17, color="#2a7d4f")


def _bars(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    names, values = [], []
    for legend, query in panel.queries.items():
        series = prometheus.series(filled(query), seconds)
        points = series[0][1] if series else [(0.0, 0.0)]
        names.append(legend)
        values.append(sum(value for _, value in points) / len(points))
    bars = axes.barh(names[::-1], values[::-1], color="#c96a1e")
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set_xlabel(UNITS[panel.unit])


def _lines(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    for legend, query in panel.queries.items():
        for labels, points in prometheus.series(filled(query), seconds):
            name = legend
            for label, value in labels.items():
                name = name.replace(f"{{{{{label}}}}}", value)
            axes.plot([datetime.fromtimestamp(at, UTC) for at, _ in points], [v for _, v in points], label=name)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(UNITS[panel.unit])
    axes.xaxis.set_major_formatter(DateFormatter("%H:%M:%S"))
    axes.tick_params(axis="x", labelrotation=20)
    if axes.lines:
        axes.legend(fontsize=7, framealpha=0.6, edgecolor="none")
