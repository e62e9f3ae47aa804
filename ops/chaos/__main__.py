"""Faults under load on a real Kafka, and the account after each row; then wrong set-ups, and what is told of them.

usage: python -m ops.chaos [--quick] [--seed N] [--rate N] [--rows NAME,NAME…] [--times N] [--show]

Each row's result is kept in build/chaos, so that the table can be played in pieces; the table at the end has them all.
Exits 1 if a message of a row that was played was lost, ended twice, or came again otherwise.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from ops.chaos.rows import ROWS
from ops.chaos.scene import Row

KEPT = Path("build/chaos")
COLUMNS = ("sent", "enriched", "duplicates", "dead letters", "lost", "twice otherwise", "different", "sent again")


def play(row: Row, times: int, seed: int, rate: float) -> dict[str, Any]:
    """One row; its result, which is kept."""
    if reason := row.on.missing():
        return {"name": row.name, "fault": row.fault_is, "times": 0, "seconds": 0, "noted": [f"skipped: {reason}"]}
    began, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="chaos-"))
    scene = row.play(folder, times, seed, rate)
    account = scene.load.account()
    known = scene.known_lost.total()
    result = {
        "name": row.name, "fault": row.fault_is, "times": times, "seconds": round(time.monotonic() - began),
        **account, "lost": account["lost"] - known,
        "noted": [f"{what}: {count}" if count > 1 else what for what, count in scene.noted.items()],
        "ends": scene.crew.ends,
    }  # fmt: skip
    if is_good(result):
        shutil.rmtree(folder)
    return result


def is_good(result: dict[str, Any]) -> bool:
    """Whether nothing was lost, nor came again otherwise."""
    return not (result.get("lost") or result.get("twice otherwise") or result.get("different"))


def show(results: list[dict[str, Any]]) -> None:
    """Print the table."""
    table = Table("fault", "times", *COLUMNS, "seconds", "noted")
    for result in results:
        counts = (f"{result[column]:,}" if column in result else "" for column in COLUMNS)
        table.add_row(
            result["fault"], str(result["times"]), *counts, str(result["seconds"]), "; ".join(result["noted"])
        )
    Console(width=200).print(table)


def main() -> int:
    """Play the rows, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few faults of some kinds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=12, help="pages a second")
    parser.add_argument("--rows", default="", help=f"only these: {','.join(row.name for row in ROWS)}")
    parser.add_argument("--times", type=int, help="so many faults of each kind")
    parser.add_argument("--show", action="store_true", help="only print what is kept")
    given = parser.parse_args()
    wanted = given.rows.split(",") if given.rows else [row.name for row in ROWS if row.quick or not given.quick]
    good = True
    KEPT.mkdir(parents=True, exist_ok=True)
    for row in () if given.show else ROWS:
        if row.name in wanted:
            result = play(row, given.times or (row.quick if given.quick else row.times), given.seed, given.rate)
            (KEPT / f"{row.name}.json").write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
            print(result, flush=True)
            good &= is_good(result)
    kept = {row.name: KEPT / f"{row.name}.json" for row in ROWS}
    show([orjson.loads(path.read_bytes()) for path in kept.values() if path.exists()])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
