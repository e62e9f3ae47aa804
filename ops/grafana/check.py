"""Asks a Prometheus every question that the dashboards ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ops.grafana.dashboards import ALL
from ops.prometheus.questions import Questions

WINDOW = "10s"  # where Prometheus scrapes once a second


@dataclass(frozen=True)
class Answer:
    """What one query of a panel brought; ``series`` is how many lines it drew."""

    dashboard: str
    panel: str
    query: str
    series: int


def answers(prometheus: Questions, seconds: float, window: str = WINDOW) -> Iterator[Answer]:
    """Every panel's queries, over the last ``seconds``; rates are those of a ``window``.

    Raises:
        urllib.error.HTTPError: a query is not PromQL.
    """
    for page in ALL:
        for panel in page.panels:
            for query in panel.queries.values():
                yield Answer(page.title, panel.title, query, len(prometheus.series(filled(query, window), seconds)))


def filled(query: str, window: str = WINDOW) -> str:
    """``query`` with Grafana's variables as it would fill them in."""
    return re.sub(r"\$instance", ".*", query.replace("$__rate_interval", window))
