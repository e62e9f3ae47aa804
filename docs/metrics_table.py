"""Makes docs/metrics.md from the table in agents/watching/metrics.py.

usage: python docs/metrics_table.py
"""

from __future__ import annotations

from pathlib import Path

from copydesk.agents.watching import metrics

HERE = Path(__file__).parent
HEAD = """\
# Metrics

A worker serves these at `http://127.0.0.1:9108/metrics` (`COPYDESK_METRICS_HOST`, `COPYDESK_METRICS_PORT`), beside
`process_*` and `python_*`, and its health at `/healthz`: 200, or 503 with what is wrong. Each worker process has a port
of its own and is an `instance` of its own in Prometheus; sums over `instance` are right. Pool processes return their
timings to the worker, which counts them.

Labels are few by construction. Up to `COPYDESK_METRICS_SOURCES` sources (100) keep their names: half of them the first
that a worker meets, half those it meets most, from one article in two hundred on; the rest are `other`. So are
languages after the first 40, and a source's languages once sources have three each on average. That is at most some 450
pairs of source and language with 25 series each, mostly far fewer: a crawl of endless sources and languages came to
9,900 lines and 80 ms of CPU a scrape. No label holds a URL or an id. The dashboards in
[ops/grafana](../ops/grafana) and the alarms in [ops/prometheus](../ops/prometheus) are made of these;
[operations.md](operations.md) says how to set them up and what to do when one rings.

Made by `python docs/metrics_table.py`.

| metric | type | labels | |
|---|---|---|---|
"""


def text() -> str:
    """The page."""
    rows = []
    for metric in metrics.TABLE:
        kind = metric._type
        name = {"counter": f"{metric._name}_total", "info": f"{metric._name}_info"}.get(kind, metric._name)
        labels = ", ".join(metric._labelnames) or "–"
        bounds = getattr(metric, "_kwargs", {}).get("buckets")
        buckets = f" Buckets from {bounds[0]:g} to {bounds[-1]:g}." if bounds else ""
        rows.append(f"| `{name}` | {kind} | {labels} | {metric._documentation}{buckets} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    (HERE / "metrics.md").write_text(text(), encoding="utf-8")
