"""Faults under load on a real Kafka, and the account after each row; then wrong set-ups, and what is told of them.

usage: python -m ops.chaos [--quick] [--seed N] [--rate N] [--rows NAME,NAME…] [--times N] [--show]

Each row's result is kept in build/chaos, so that the table can be played in pieces; --show prints all that is kept.
Exits 1 if a message was lost, ended twice or came again otherwise, or a wrong set-up was not told in time.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from ops.chaos.rows import ROWS
from ops.chaos.scene import Row
from ops.chaos.set_ups import SECONDS, SET_UPS, SetUp

WIDTH = 190  # of the tables, in characters

KEPT = Path("build/chaos")
QUICK = ("quick", "topics", "archive")
COLUMNS = ("sent", "enriched", "duplicates", "dead letters", "lost", "twice otherwise", "different", "sent again")
Result = dict[str, Any]


def play(row: Row, times: int, seed: int, rate: float) -> Result:
    """One row; its result."""
    began, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="chaos-"))
    scene = row.play(folder, times, seed, rate)
    account = scene.load.account()
    result = {
        "fault": row.fault_is,
        "times": times,
        "seconds": round(time.monotonic() - began),
        **account,
        "lost": account["lost"] - scene.told_lost(),
        "noted": [f"{what}: {count}" if count > 1 else what for what, count in scene.noted.items() if count],
        "ends": scene.crew.ends,
    }
    if is_good(result):
        shutil.rmtree(folder)
    return result


def try_out(set_up: SetUp) -> Result:
    """One wrong set-up; what was told of it."""
    told = set_up.play(Path(tempfile.mkdtemp(prefix="chaos-")))
    return {"wrong": set_up.wrong_is, "told": told.line, "seconds": round(told.seconds, 1), "status": told.status}


def is_good(result: Result) -> bool:
    """Whether nothing was lost, nor came again otherwise; or whether it was told in time."""
    if "wrong" in result:
        return result["told"] is not None and result["seconds"] <= SECONDS
    return not (result["lost"] or result["twice otherwise"] or result["different"])


def show(results: list[Result]) -> None:
    """Print the tables."""
    faults, set_ups = Table("fault", "times", *COLUMNS, "noted", "s"), Table("wrong", "told after", "status", "told")
    for result in results:
        if "wrong" in result:
            set_ups.add_row(result["wrong"], f"{result['seconds']} s", str(result["status"]), result["told"])
        else:
            counts = (f"{result[column]:,}" for column in COLUMNS)
            noted = "; ".join(result["noted"])
            faults.add_row(result["fault"], str(result["times"]), *counts, noted, str(result["seconds"]))
    for table in (faults, set_ups):
        if table.rows:
            Console(width=WIDTH).print(table)


def main() -> int:
    """Play the rows, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a little of all, one after another on one Kafka")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=12, help="pages a second")
    parser.add_argument("--rows", default="", help=f"only these of {','.join(one.name for one in (*ROWS, *SET_UPS))}")
    parser.add_argument("--times", type=int, help="so many faults of each kind")
    parser.add_argument("--show", action="store_true", help="only print what is kept")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no worker and no broker is left behind

    def plays() -> Iterator[tuple[str, str | None, Callable[[], Result]]]:
        for row in ROWS:
            times = given.times or row.times
            yield row.name, row.on.missing(), partial(play, row, times, given.seed, given.rate)
        for set_up in SET_UPS:
            yield set_up.name, set_up.missing(), partial(try_out, set_up)

    everything = [name for name, _, _ in plays() if name != "quick"]
    wanted = given.rows.split(",") if given.rows else QUICK if given.quick else everything
    good = True
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, lacking, played in () if given.show else plays():
        if name in wanted and lacking:
            print(f"{name}: skipped: {lacking}", flush=True)
        elif name in wanted:
            result = played()
            good &= is_good(result)
            (KEPT / f"{name}.json").write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
            print(name, result, flush=True)
    kept = [KEPT / f"{name}.json" for name in (everything if given.show else wanted)]
    show([orjson.loads(path.read_bytes()) for path in kept if path.exists()])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
