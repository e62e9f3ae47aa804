"""What a second worker adds: the same pages through one worker of one pool process, and through two, on a real Kafka.

usage: python -m benchmarks.streams.scale_out [--pages N]

Two figures: pages a second as they came, on the cores that broker, workers and all else share; and from the processor
time that each worker took, how much sooner two are done than one when each has a core to itself. The second does not
depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import contextlib
from itertools import count, islice

from benchmarks.streams.costs import busy, pool
from benchmarks.streams.stream import stream
from ops.chaos.pages import page

PARTITIONS = 8
WARM_UP = 80


def through(workers: int, pages: int) -> tuple[float, list[float]]:
    """Pages a second, and the seconds of processor time that each worker took."""
    load = (page(number) for number in count())
    with stream(PARTITIONS) as kafka, contextlib.ExitStack() as running:
        ends = kafka.ends()
        crew = [
            running.enter_context(kafka.program("copydesk", "worker", COPYDESK_PROCESSES="1")) for _ in range(workers)
        ]

        def spent() -> list[float]:
            return [busy(worker.pid) + sum(map(busy, pool(worker.pid))) for worker in crew]

        while not all(pool(worker.pid) for worker in crew) or not kafka.sent:  # all share the work by then
            kafka.feed(islice(load, WARM_UP))
            ends.wait(kafka.sent, crew)
        before, warm = spent(), set(ends.at)
        kafka.feed(islice(load, pages))
        ends.wait(kafka.sent, crew)
        took = [after - begun for after, begun in zip(spent(), before, strict=True)]
    times = [at for origin, at in ends.at.items() if origin not in warm]
    first = min(at for origin, at in ends.extracted.items() if origin not in warm)
    return len(times) / (max(times) - first), took


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=800)
    pages = parser.parse_args().pages
    (alone, [whole]), (together, parts) = through(1, pages), through(2, pages)
    each = " + ".join(f"{1000 * part / pages:.1f}" for part in parts)
    print(f"one worker: {alone:.1f} pages/s, {1000 * whole / pages:.1f} ms of processor time a page")
    print(f"two workers: {together:.1f} pages/s, {each} ms; {together / alone:.2f} times as they came")
    print(f"with a core each: {whole / max(parts):.2f} times")


if __name__ == "__main__":
    main()
