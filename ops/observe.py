"""Starts Kafka, a worker and Prometheus, feeds the sample crawl for a minute, and asks every panel and alarm.

usage: python -m ops.observe [--seconds N] [--picture FILE.svg]

Exits 1 if a panel draws nothing, or a rule is broken. Needs Prometheus and, for Kafka, Java and Maven.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from copydesk import admin, clients, sample
from copydesk.demo import worker
from ops.grafana.check import Answer, answers
from ops.kafka.broker import Kafka
from ops.prometheus import server
from ops.prometheus.server import Prometheus
from schemas.topics import Topics, topics


@contextlib.contextmanager
def observed(broker: str, wanted: Topics, folder: Path, seconds: float) -> Iterator[Prometheus]:
    """A Prometheus that has watched a worker eat the sample crawl for ``seconds``, and still does."""
    port = server.free_port()
    log = folder / "worker.log"
    with (
        worker(broker, log, COPYDESK_METRICS_PORT=str(port), COPYDESK_PROCESSES="2") as running,
        Prometheus(folder, [f"127.0.0.1:{port}"]) as prometheus,
        feeding(broker, wanted, seconds / 60),
    ):
        deadline = time.monotonic() + 60 + seconds
        while not prometheus.series("sum(copydesk_messages_out_total{outcome='enriched'}) > 20", 5):
            if running.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"the worker does not work; its log:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        time.sleep(max(0.0, seconds - 10))
        yield prometheus


@contextlib.contextmanager
def feeding(broker: str, wanted: Topics, pause: float) -> Iterator[None]:
    """Feeds the sample crawl again and again, a page every ``pause`` seconds, for as long as the block runs."""
    done = threading.Event()

    def feed() -> None:
        with contextlib.closing(clients.producer(broker)) as producer:
            for _ in count():
                for message in sample.messages():
                    if done.is_set():
                        return
                    producer.send(wanted.raw.name, key=message.key, value=fetched_now(message.value))
                    done.wait(pause)

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def fetched_now(value: bytes) -> bytes:
    """A page of the sample as if it had just been fetched; one that is no JSON as it is."""
    try:
        page = orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
    return orjson.dumps({**page, "fetched_at": datetime.now(UTC).isoformat()})


def main() -> int:
    """Run it, and print the account."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--picture", type=Path, help="draw the Overview dashboard from the data seen")
    arguments = parser.parse_args()
    folder, wanted = Path(tempfile.mkdtemp()), topics()
    if problem := server.missing():
        raise SystemExit(problem)
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, wanted)
        with observed(kafka.bootstrap, wanted, folder, arguments.seconds) as prometheus:
            found = list(answers(prometheus, arguments.seconds))
            rules = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
            if arguments.picture:
                from ops.grafana.picture import draw  # noqa: PLC0415 - needs matplotlib

                draw(prometheus, arguments.seconds, arguments.picture)
    show(found)
    broken = [rule["name"] for rule in rules if rule["health"] != "ok"]
    print(f"{len(rules)} rules, broken: {', '.join(broken) or 'none'}")
    return 1 if broken or not all(answer.series for answer in found) else 0


def show(found: list[Answer]) -> None:
    """One line a query."""
    table = Table("Dashboard", "Panel", "Lines drawn")
    for answer in found:
        table.add_row(answer.dashboard, answer.panel, str(answer.series) if answer.series else "[red]none")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
