"""Brings the stack of docker-compose.yml up, feeds it the sample crawl, asks every panel, and takes it down.

usage: python -m ops.compose

Ends with the account. Exits 1 if a page is not accounted for, or a panel draws nothing; 2 without Docker.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from copydesk.demo import sample
from copydesk.schemas.topics import topics
from ops.chaos.load import Load
from ops.compose.stack import StackError, missing, stack
from ops.grafana.check import Answer, answers
from ops.observe import INVENTED, crawl
from ops.prometheus.questions import Questions

RATE = 10.0  # pages a second: a second or two of work for two cores
DRAWN_SECONDS = 120.0
PATIENCE_SECONDS = 120.0
WINDOW = "40s"
"""Four scrapes, which is what Grafana makes of $__rate_interval."""
WRONG = {
    "lost": "pages are nowhere to be found",
    "twice otherwise": "pages ended in two ways",
    "different": "events came again otherwise",
}


def tried(kafka: str, partitions: int, prometheus: Questions) -> tuple[dict[str, int], list[Answer]]:
    """The account of the sample crawl and what was invented beside it, and what every panel drew meanwhile."""
    began, pages = time.monotonic(), crawl()
    whole = sum(1 for _ in sample.messages()) * (1 + INVENTED)
    with Load(kafka, topics(partitions), RATE, lambda _: next(pages)) as load:
        while True:
            time.sleep(1)
            seconds = time.monotonic() - began
            drawn = list(answers(prometheus, seconds, WINDOW))
            if (load.sent >= whole and all(one.series for one in drawn)) or seconds > DRAWN_SECONDS:
                break
        load.settle(PATIENCE_SECONDS, lambda: 0)
        return load.account(), drawn


def verdict(account: Mapping[str, int], drawn: Sequence[Answer]) -> list[str]:
    """What is wrong: a line for each panel that draws nothing, and one for pages that are not accounted for."""
    wrong = [f"{one.dashboard}, {one.panel}: draws nothing" for one in drawn if not one.series]
    if not account["sent"]:
        wrong.append("nothing was sent")
    return wrong + [f"{account[name]} {told}" for name, told in WRONG.items() if account[name]]


def shown(account: Mapping[str, int]) -> Table:
    """The account, a line a kind."""
    table = Table(title="The account", title_justify="left", show_header=False, box=None, pad_edge=False)
    for name, number in account.items():
        table.add_row(name, str(number))
    return table


def main() -> int:
    """Run it, and print the account."""
    if problem := missing():
        print(f"make compose: {problem}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with stack() as running:
            partitions = int(running.setting("worker", "COPYDESK_PARTITIONS"))
            prometheus = Questions(running.address("prometheus", 9090))
            account, drawn = tried(running.address("kafka", 9094), partitions, prometheus)
    except StackError as error:
        print(f"make compose: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    console, wrong = Console(), verdict(account, drawn)
    console.print(f"{len(drawn)} queries of panels asked of Prometheus, {sum(bool(one.series) for one in drawn)} draw")
    console.print(shown(account))
    for line in wrong or ["every page is accounted for"]:
        console.print(line, style="bold red" if wrong else "bold green")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
