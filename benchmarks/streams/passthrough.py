"""How many messages a second Faust and the delivery round it carry, when the stage does nothing.

usage: python -m benchmarks.streams.passthrough [--number 60000]

One worker process, one agent, 4 KB a message, on a real Apache Kafka; the stage hands each message on as it came.
Beside it a plain aiokafka loop that reads, sends and commits the same, one process too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import time

from benchmarks import cpu
from benchmarks.streams.stream import Stream, stream
from copydesk import clients

SIZE = 4_000
PROGRAMS = {"copydesk": "benchmarks.rivals.shell", "aiokafka": "benchmarks.rivals.shell_loop"}


def rate(program: str, number: int) -> tuple[float, float]:
    """Messages a second of one process of ``program``, by the clock and by the processor time it took.

    Of ``number``, the middle eight tenths count.
    """
    with stream() as kafka:
        kafka.feed((str(n).encode(), os.urandom(SIZE // 2).hex().encode()) for n in range(number))
        with kafka.program(program) as process:
            return _middle(kafka, process.pid, number)


def _middle(kafka: Stream, pid: int, number: int) -> tuple[float, float]:
    begin, end, seen, began, taken = number // 10, number - number // 10, 0, 0.0, 0.0
    with contextlib.closing(clients.consumer(kafka.bootstrap, kafka.topics.extracted.name)) as consumer:
        while seen < end:
            seen += sum(len(records) for records in consumer.poll(timeout_ms=200).values())
            if seen >= begin and not began:
                began, taken, begin = time.perf_counter(), cpu.seconds(pid), seen
    passed = seen - begin
    return passed / (time.perf_counter() - began), passed / (cpu.seconds(pid) - taken)


def main() -> None:
    """Measure both, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=60_000)
    number = parser.parse_args().number
    rates = {name: rate(program, number) for name, program in PROGRAMS.items()}
    shown = {name: {"wall": round(wall), "core": round(core)} for name, (wall, core) in rates.items()}
    print(json.dumps({"messages_per_second": shown, "bytes": SIZE}, indent=1))
    ours, plain = (core for _, core in rates.values())
    print(f"{ours:,.0f} messages a second of a core, {ours / plain:.2f} of a plain aiokafka loop.")


if __name__ == "__main__":
    main()
