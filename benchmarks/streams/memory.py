"""Whether a worker's main process grows once its window is full.

usage: python -m benchmarks.streams.memory [--number 500000] [--window 50000]

Real Apache Kafka, Faust, delivery and deduplication; the pool is stood in for (benchmarks/rivals/desk.py), since its
processes are measured apart: benchmarks/stages/annotate_memory.py.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice, repeat

import psutil

from benchmarks.streams.stream import stream

STEP = 25_000  # messages between two looks


def main() -> None:
    """Feed, look, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=500_000)
    parser.add_argument("--window", type=int, default=50_000)
    given = parser.parse_args()
    taken: list[float] = []
    with (
        stream() as kafka,
        kafka.program("benchmarks.rivals.desk", COPYDESK_WINDOW_ARTICLES=str(given.window)) as worker,
    ):
        ends, process = kafka.ends(), psutil.Process(worker.pid)
        for _ in range(given.number // STEP):
            kafka.feed(islice(repeat((b"page", b"{}")), STEP))
            ends.wait(kafka.sent, [worker])
            taken.append(round(process.memory_info().rss / 1e6, 1))
    full = taken[given.window // STEP :]
    print(json.dumps({"messages": given.number, "every": STEP, "rss_mb": taken}))
    print(f"{full[0]} MB with the window full, {full[-1]} MB at the end: {full[-1] / full[0] - 1:+.1%}.")


if __name__ == "__main__":
    main()
