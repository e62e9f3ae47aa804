"""How long a page takes from being sent to its last event, when pages come at half of what the worker can carry.

usage: python -m benchmarks.streams.latency [--number 900] [--processes 2] [--rate N]

On a real Apache Kafka. Without --rate, what the worker can carry is measured first. A page is done when a consumer has
its last event.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.pages import DATA, messages
from benchmarks.streams.stream import stream
from benchmarks.streams.throughput import Messages, through

WARM = 60  # messages before those that count


def latencies(load: Messages, processes: int, rate: float) -> list[float]:
    """Seconds from the raw record to its last event, for each message."""
    with stream() as kafka, kafka.program("copydesk", "worker", COPYDESK_PROCESSES=str(processes)) as worker:
        ends = kafka.ends()
        kafka.feed(load[:WARM])
        ends.wait(WARM, [worker])
        with ThreadPoolExecutor() as feeder:
            sending = feeder.submit(kafka.feed, load[WARM:], rate)
            ends.wait(len(load), [worker])
        return [ends.at[origin] - when for origin, when in sending.result().items()]


def main() -> None:
    """Measure, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=900)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rate", type=float)
    given = parser.parse_args()
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    load = list(messages(given.number))
    rate = given.rate or through(load[:400], 1, "copydesk", "worker", COPYDESK_PROCESSES=str(given.processes))[0] / 2
    seconds = latencies(load, given.processes, rate)
    p50, p99 = np.quantile(seconds, (0.5, 0.99))
    figures = {
        "rate": round(rate, 1),
        "p50_ms": round(p50 * 1000),
        "p99_ms": round(p99 * 1000),
        "messages": len(seconds),
    }
    print(json.dumps(figures, indent=1))
    print(f"At {rate:.0f} pages a second half are done in {p50 * 1000:.0f} ms, 99 of 100 in {p99 * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
