"""Starts Kafka, a worker and Prometheus, feeds the sample crawl for a minute, and asks every panel and alarm.

usage: python -m ops.observe [--seconds N] [--stay] [--pictures FOLDER]

Starts Grafana with the dashboards too, where it is installed. Exits 1 if a panel draws nothing, or a rule is broken.
Needs Prometheus and, for Kafka, Java and Maven.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from copydesk import clients
from copydesk.demo import sample
from copydesk.demo.run import worker
from copydesk.operating import admin
from copydesk.schemas.topics import Topics, topics
from ops.chaos import pages
from ops.grafana.check import Answer, answers
from ops.grafana.dashboards import ALL
from ops.grafana.server import Grafana, installed
from ops.kafka import broker
from ops.kafka.broker import Kafka
from ops.ports import free_port
from ops.prometheus import server
from ops.prometheus.server import Prometheus

PAUSE_SECONDS = 0.15  # between two pages
INVENTED = 4  # pages for each of the sample
WALLED = 4  # pages of the sample between two of a wall


@contextlib.contextmanager
def observed(address: str, wanted: Topics, folder: Path, seconds: float) -> Iterator[Prometheus]:
    """A Prometheus that has watched a worker eat the sample crawl for ``seconds``, and still does."""
    port = free_port()
    log = folder / "worker.log"
    with (
        worker(address, log, COPYDESK_METRICS_PORT=str(port), COPYDESK_PROCESSES="2") as running,
        Prometheus(folder, [f"127.0.0.1:{port}"]) as prometheus,
        feeding(address, wanted),
    ):
        deadline = time.monotonic() + 60 + seconds
        while not prometheus.series("sum(copydesk_messages_out_total{outcome='enriched'}) > 20", 5):
            if running.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"the worker does not work; its log:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        time.sleep(max(0.0, seconds - 10))
        yield prometheus


@contextlib.contextmanager
def feeding(address: str, wanted: Topics) -> Iterator[None]:
    """Feeds the sample crawl again and again, and among it invented pages that are new, for as long as it runs."""
    done = threading.Event()

    def feed() -> None:
        with contextlib.closing(clients.producer(address)) as producer:
            for key, value in crawl():
                if done.wait(PAUSE_SECONDS):
                    return
                producer.send(wanted.raw.name, key=key, value=value)

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def crawl() -> Iterator[tuple[bytes, bytes]]:
    """Raw messages without end, as if they had just been fetched: one of the sample, then some invented ones.

    Now and then a site has put up a wall.
    """
    numbers = count()
    while True:
        for place, known in enumerate(sample.messages()):
            yield known.key, fetched_now(known.value)
            if place % WALLED == 0:
                key, value = pages.wall(next(numbers))
                yield key, fetched_now(value)
            for number in islice(numbers, INVENTED):
                key, value = pages.page(number)
                yield key, fetched_now(value, published=timedelta(minutes=1 + number % 30))


def fetched_now(value: bytes, published: timedelta | None = None) -> bytes:
    """A page as if just fetched, and ``published`` so long before as its crawler knows; what is no JSON as it is."""
    try:
        page, now = orjson.loads(value), datetime.now(UTC)
    except orjson.JSONDecodeError:
        return value
    hints = {"hints": {"published_at": (now - published).isoformat()}} if published else {}
    return orjson.dumps({**page, **hints, "fetched_at": now.isoformat()})


def main() -> int:
    """Run it, and print the account."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--stay", action="store_true", help="go on until Ctrl-C, to look around")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="draw the dashboards from the data seen")
    arguments = parser.parse_args()
    folder, wanted = Path(tempfile.mkdtemp()), topics()
    if problem := server.missing() or broker.missing():
        raise SystemExit(problem)
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, wanted)
        with observed(kafka.bootstrap, wanted, folder, arguments.seconds) as prometheus, grafana(folder, prometheus):
            found = list(answers(prometheus, arguments.seconds))
            alarms = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
            if arguments.pictures:
                from ops.grafana.picture import draw  # noqa: PLC0415 - needs matplotlib

                for page in ALL:
                    draw(page, prometheus, arguments.seconds, arguments.pictures / f"{page.uid}.png")
            show(found, alarms)
            if arguments.stay:
                stay(kafka, prometheus)
    sound = all(rule["health"] == "ok" for rule in alarms)
    return 0 if sound and all(answer.series for answer in found) else 1


@contextlib.contextmanager
def grafana(folder: Path, prometheus: Prometheus) -> Iterator[None]:
    """The dashboards in a Grafana of their own, where one is installed."""
    if not installed():
        print("Grafana is not installed here: its panels are asked of Prometheus alone")
        yield
        return
    with Grafana(folder, prometheus) as running:
        if missing := {page.uid for page in ALL} - running.dashboards():
            raise SystemExit(f"Grafana has not taken up {', '.join(sorted(missing))}")
        print(f"Grafana: http://{running.address}/d/{ALL[0].uid}")
        yield


def show(found: list[Answer], rules: list[dict[str, Any]]) -> None:
    """One line a query, and one a rule."""
    console = Console()
    panels = Table("Dashboard", "Panel", "Lines drawn")
    for answer in found:
        panels.add_row(answer.dashboard, answer.panel, str(answer.series) if answer.series else "[red]none")
    alarms = Table("Rule", "Sound", "State")
    for rule in rules:
        alarms.add_row(rule["name"], rule["health"], rule.get("state", "recorded"))
    console.print(panels)
    console.print(alarms)


def stay(kafka: Kafka, prometheus: Prometheus) -> None:
    """Say where everything is, until Ctrl-C."""
    print(f"Prometheus: http://{prometheus.address}/graph, alarms at /alerts")
    print(f"the live page: .venv/bin/copydesk serve --broker {kafka.bootstrap}\nCtrl-C ends it all")
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
