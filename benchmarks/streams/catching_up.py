"""How long a worker takes to catch up after it was away, while pages go on coming at half of what it can carry.

usage: python -m benchmarks.streams.catching_up [--outage 600] [--processes 2] [--rate N]

On a real Apache Kafka. Says too whether pages were extracted in the order of their partition, and how much memory the
worker took at most while it caught up, against what it took before.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from typing import Any

import psutil

from benchmarks.pages import DATA, messages
from benchmarks.streams.stream import Ends, Stream, stream
from benchmarks.streams.throughput import through

BEFORE_SECONDS = 20.0
LEVEL_SECONDS = 2.0  # so far behind is caught up
SAMPLE = 400  # messages by which it is measured what the worker can carry


class Memory(threading.Thread):
    """The most memory that a process and its children took at once, looked at every second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process, self._over = psutil.Process(pid), threading.Event()
        self.most = 0

    def run(self) -> None:
        """Look, until told to stop."""
        while not self._over.wait(1.0):
            processes = [self._process, *self._process.children(recursive=True)]
            self.most = max(self.most, sum(process.memory_info().rss for process in processes))

    def stop(self) -> int:
        """The most, in bytes."""
        self._over.set()
        self.join()
        return self.most


def outage(kafka: Stream, rate: float, away: float, processes: int) -> dict[str, Any]:
    """Feed at ``rate``; a worker works, is away, and a new one catches up."""
    ends = kafka.ends()
    over = threading.Event()
    feeder = threading.Thread(target=kafka.feed, args=(messages(10**9), rate, over))
    feeder.start()
    with kafka.program("copydesk", "worker", COPYDESK_PROCESSES=str(processes)) as worker:
        memory = Memory(worker.pid)
        memory.start()
        _follow(ends, time.time() + BEFORE_SECONDS)
        before = memory.stop()
    time.sleep(away)
    with kafka.program("copydesk", "worker", COPYDESK_PROCESSES=str(processes)) as worker:
        memory, began = Memory(worker.pid), time.time()
        memory.start()
        while kafka.sent - len(ends.at) > LEVEL_SECONDS * rate:
            ends.poll()
        taken = time.time() - began
        most = memory.stop()
        over.set()
        feeder.join()
    return {
        "rate": round(rate, 1),
        "away_seconds": away,
        "caught_up_in_seconds": round(taken, 1),
        "out_of_order": ends.out_of_order,
        "memory_before_mb": round(before / 1e6),
        "memory_at_most_mb": round(most / 1e6),
    }


def _follow(ends: Ends, until: float) -> None:
    while time.time() < until:
        ends.poll()


def main() -> None:
    """Measure, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outage", type=float, default=600)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rate", type=float)
    given = parser.parse_args()
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    carried, _ = through(list(messages(SAMPLE)), 1, "copydesk", "worker", COPYDESK_PROCESSES=str(given.processes))
    with stream() as kafka:
        figures = outage(kafka, given.rate or carried / 2, given.outage, given.processes)
    print(json.dumps(figures, indent=1))
    print(f"After {given.outage:.0f} s away, it has caught up in {figures['caught_up_in_seconds']:.0f} s.")


if __name__ == "__main__":
    main()
