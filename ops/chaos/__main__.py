"""Faults under load on a real Kafka, and the account after each row.

usage: python -m ops.chaos [--quick] [--seed N] [--row NAME]

Exits 1 if a message was lost, ended twice, or came again otherwise.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from copydesk import admin
from ops.chaos.crew import Crew
from ops.chaos.load import Load
from ops.kafka.broker import Kafka
from schemas.topics import topics

PATIENCE_SECONDS = 240.0  # for everything to end after the last fault
COLUMNS = ("sent", "enriched", "duplicates", "dead letters", "lost", "twice otherwise", "different", "sent again")


@dataclass(frozen=True)
class Scene:
    """What a fault can lay hands on."""

    kafka: Kafka
    crew: Crew
    chosen: random.Random


@dataclass(frozen=True)
class Row:
    """A kind of fault: how often it happens (and how often in a quick run), and how long after the one before."""

    name: str
    times: int
    quick: int
    every: tuple[float, float]
    fault: Callable[[Scene], None]
    poison: bool = False


def join_and_leave(scene: Scene) -> None:
    """A worker joins, and leaves when it has worked a while: two rebalances."""
    worker = scene.crew.join()
    time.sleep(scene.chosen.uniform(4, 8))
    scene.crew.leave(worker)


def broker_away(scene: Scene) -> None:
    """The one broker is killed, and comes back a little later."""
    scene.kafka.kill()
    time.sleep(scene.chosen.uniform(1, 6))
    scene.kafka.start()


ROWS = (
    Row("worker killed", 100, 4, (1.5, 4.0), lambda scene: scene.crew.kill_one(scene.chosen)),
    Row("worker joins and leaves", 25, 2, (0.5, 2.0), join_and_leave),
    Row("pool process killed", 50, 8, (0.3, 1.5), lambda scene: scene.crew.kill_pool_process(scene.chosen)),
    Row("worker stalled 5 to 15 s", 8, 1, (6.0, 10.0),
        lambda scene: scene.crew.stall_one(scene.chosen, scene.chosen.uniform(5, 15))),
    Row("broker killed and back", 20, 2, (5.0, 9.0), broker_away),
    Row("poison, one message in ten", 1, 1, (30.0, 30.0), lambda _: None, poison=True),
)  # fmt: skip


def play(row: Row, times: int, seed: int, rate: float) -> dict[str, int]:
    """One row on a Kafka and workers of its own; its account."""
    folder, wanted = Path(tempfile.mkdtemp(prefix="chaos-")), topics(8)
    with Kafka(folder) as kafka:
        admin.create_topics(kafka.bootstrap, wanted)
        environment = {"COPYDESK_BROKER": kafka.bootstrap, "COPYDESK_PARTITIONS": "8", "COPYDESK_PROCESSES": "1"}
        with (
            Crew(2, environment, folder) as crew,
            Load(kafka.bootstrap, wanted, rate, row.poison) as load,
        ):
            scene = Scene(kafka, crew, random.Random(f"{seed} {row.name}"))
            while not load.ended:
                time.sleep(0.2)
            for _ in range(times):
                time.sleep(scene.chosen.uniform(*row.every))
                row.fault(scene)
            load.settle(PATIENCE_SECONDS)
            return load.account()


def main() -> int:
    """Play the rows, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few faults of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=12, help="pages a second")
    parser.add_argument("--row", help="only this one")
    given = parser.parse_args()
    table = Table("fault", "times", *COLUMNS)
    failed = False
    for row in ROWS:
        if given.row in (None, row.name):
            times = row.quick if given.quick else row.times
            account = play(row, times, given.seed, given.rate)
            failed |= bool(account["lost"] or account["twice otherwise"] or account["different"])
            table.add_row(row.name, str(times), *(f"{account[column]:,}" for column in COLUMNS))
            print(row.name, times, account, flush=True)
    Console(width=150).print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
