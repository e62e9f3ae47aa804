"""How long a worker takes from being started to its first enriched article, with one page waiting.

usage: python -m benchmarks.streams.starting [--times 5]
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from benchmarks.pages import message
from benchmarks.streams.stream import stream

PAGE = (
    "<html><head><title>Harbour closed</title></head><body><article><h1>Harbour closed</h1>{}</article></body></html>"
)
PARAGRAPH = "<p>The harbour of Port Ellery was closed on Monday, the harbour master, Ann Bree, told the Courier.</p>"


def seconds() -> float:
    """From starting the program to the time of the record that it sent."""
    with stream() as kafka:
        kafka.feed([message("https://courier.example/harbour", PAGE.format(PARAGRAPH * 5))])
        ends = kafka.ends()
        began = time.time()
        with kafka.program("copydesk", "worker") as worker:
            ends.wait(1, [worker])
        return max(ends.at.values()) - began


def main() -> None:
    """Measure, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    taken = sorted(round(seconds(), 2) for _ in range(parser.parse_args().times))
    print(json.dumps({"seconds": taken}))
    print(f"A worker has its first article out {statistics.median(taken):.1f} s after it was started.")


if __name__ == "__main__":
    main()
