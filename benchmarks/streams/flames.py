"""Flame graphs of a worker at work: of its main process, and of one of its pool.

usage: python -m benchmarks.streams.flames [--seconds 20] [--into docs]
"""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

import psutil

from benchmarks.pages import DATA, messages
from benchmarks.streams.stream import stream

RATE = 200  # samples a second
MESSAGES = 1_500
TITLE = re.compile(r"py-spy record[^<]*")


def record(pid: int, seconds: int, into: Path) -> subprocess.Popen[bytes]:
    """Begin to look where process ``pid`` spends its time."""
    command = ["py-spy", "record", "--pid", pid, "--duration", seconds, "--rate", RATE, "--gil", "--output", into]
    return subprocess.Popen([*map(str, command), "--format", "flamegraph"], stderr=subprocess.DEVNULL)


def main() -> None:
    """Feed, look, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--into", type=Path, default=Path("docs"))
    given = parser.parse_args()
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    with stream() as kafka:
        kafka.feed(messages(MESSAGES))
        ends = kafka.ends()
        with kafka.program("copydesk", "worker", COPYDESK_PROCESSES="2") as worker:
            ends.wait(MESSAGES // 10, [worker])
            pool = [child.pid for child in psutil.Process(worker.pid).children() if "spawn_main" in child.cmdline()[-2]]
            graphs = {given.into / "flame-main.svg": worker.pid, given.into / "flame-pool.svg": pool[-1]}
            looking = [record(pid, given.seconds, path) for path, pid in graphs.items()]
            for look in looking:
                look.wait()
    for path in graphs:
        path.write_text(TITLE.sub(path.stem.replace("-", ": "), path.read_text()))
        print(path)


if __name__ == "__main__":
    main()
