"""Draws dashboards from a Prometheus' data: for where no Grafana can run. Needs matplotlib."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.dates import DateFormatter

from ops.grafana.check import filled
from ops.grafana.panels import COLUMNS, Dashboard, Panel
from ops.prometheus.server import Prometheus

GAP = 2  # rows and columns between panels, for ticks and titles
UNITS = {"mps": "a second", "s": "seconds", "short": "", "percentunit": "share", "bytes": "bytes"}
MOST_LINES = 8  # in a legend
SETTINGS = {"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}


def draw(page: Dashboard, prometheus: Prometheus, seconds: float, file: Path) -> None:
    """Write the panels, laid out as Grafana does, each drawn from its own queries."""
    plt.rcParams.update(SETTINGS)
    places = [panel["gridPos"] for panel in page.json(())["panels"]]
    rows = max(place["y"] + place["h"] for place in places)
    figure = plt.figure(figsize=(16, rows * 0.36))
    grid = figure.add_gridspec(rows, COLUMNS, left=0.1, right=0.98, top=0.97, bottom=0.03)
    for panel, at in zip(page.panels, places, strict=True):
        axes = figure.add_subplot(grid[at["y"] : at["y"] + at["h"] - GAP, at["x"] : at["x"] + at["w"] - GAP])
        axes.set_title(panel.title, loc="left", fontweight="bold", fontsize=9)
        kinds = {"stat": _stat, "bargauge": _bars, "heatmap": _heat, "table": _table}
        kinds.get(panel.kind, _lines)(axes, panel, prometheus, seconds)
    figure.savefig(file, dpi=80)
    plt.close(figure)


def _stat(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    axes.axis("off")
    for query in panel.queries.values():
        series = prometheus.series(filled(query), seconds)
        value = series[0][1][-1][1] if series else 0.0
        shown = f"{value:.0%}" if panel.unit == "percentunit" else f"{value:.3g} {UNITS[panel.unit]}"
        red = panel.red_from is not None and value >= panel.red_from
        axes.text(0, 0.3, shown, fontsize=16, color="#b3261e" if red else "#2a7d4f")


def _bars(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    names, values = [], []
    for legend, query in panel.queries.items():
        for labels, points in prometheus.series(filled(query), seconds):
            names.append(_named(legend, labels))
            values.append(sum(value for _, value in points) / len(points))
    bars = axes.barh(names[::-1], values[::-1], color="#c96a1e")
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set_xlabel(UNITS[panel.unit])


def _lines(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    for legend, query in panel.queries.items():
        for labels, points in prometheus.series(filled(query), seconds):
            axes.plot([_clock(at) for at, _ in points], [v for _, v in points], label=_named(legend, labels))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(UNITS[panel.unit])
    _with_clock(axes)
    if axes.lines:
        axes.legend(handles=axes.lines[:MOST_LINES], fontsize=7, framealpha=0.6, edgecolor="none")


def _heat(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    [query] = panel.queries.values()
    below = {float(labels["le"]): dict(points) for labels, points in prometheus.series(filled(query), seconds)}
    bounds, times = sorted(below), sorted(set().union(*below.values()))
    upto = np.array([[below[bound].get(at, 0.0) for at in times] for bound in bounds])
    axes.pcolormesh([_clock(at) for at in times], range(len(bounds)), np.diff(upto, axis=0, prepend=0), cmap="Oranges")
    axes.set_yticks(range(len(bounds)), [f"{bound:g}" for bound in bounds], fontsize=6)
    axes.set_ylabel("seconds, up to")
    _with_clock(axes)


def _table(axes: plt.Axes, panel: Panel, prometheus: Prometheus, seconds: float) -> None:
    axes.axis("off")
    [query] = panel.queries.values()
    rows = [labels for labels, _ in prometheus.series(filled(query), seconds)]
    shown = [name for name in rows[0] if name not in ("__name__", "job")] if rows else []
    if shown:
        axes.table([[row[name] for name in shown] for row in rows], colLabels=shown, loc="upper left", edges="open")


def _with_clock(axes: plt.Axes) -> None:
    axes.xaxis.set_major_formatter(DateFormatter("%H:%M:%S"))
    axes.tick_params(axis="x", labelrotation=20)


def _clock(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _named(legend: str, labels: dict[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda match: labels.get(match[1], ""), legend)
