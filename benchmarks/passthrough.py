"""How many messages a second Faust and the delivery round it carry, when the stage does nothing.

usage: python -m benchmarks.passthrough [--number 60000]

One worker process, one agent, 4 KB a message, on a real Apache Kafka; the stage hands each message on as it came.
Beside it a plain aiokafka loop that reads, sends and commits the same, one process too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import time

from benchmarks.stream import Stream, stream
from copydesk import clients

SIZE = 4_000
PROGRAMS = {"copydesk": "benchmarks.rivals.shell", "aiokafka": "benchmarks.rivals.shell_loop"}


def rate(program: str, number: int) -> float:
    """Messages a second of one process of ``program``, over the middle eight tenths of ``number``."""
    with stream() as kafka:
        kafka.feed((str(n).encode(), os.urandom(SIZE // 2).hex().encode()) for n in range(number))
        with kafka.program(program):
            return _middle(kafka, number)


def _middle(kafka: Stream, number: int) -> float:
    begin, end, seen, at = number // 10, number - number // 10, 0, 0.0
    with contextlib.closing(clients.consumer(kafka.bootstrap, kafka.topics.extracted.name)) as consumer:
        while True:
            seen += sum(len(records) for records in consumer.poll(timeout_ms=200).values())
            if seen >= begin and not at:
                at, begin = time.perf_counter(), seen
            if seen >= end:
                return (seen - begin) / (time.perf_counter() - at)


def main() -> None:
    """Measure both, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=60_000)
    number = parser.parse_args().number
    rates = {name: round(rate(program, number)) for name, program in PROGRAMS.items()}
    print(json.dumps({"messages_per_second": rates, "bytes": SIZE}, indent=1))
    print(
        f"{rates['copydesk']} messages a second, {rates['copydesk'] / rates['aiokafka']:.2f} of a plain aiokafka loop."
    )


if __name__ == "__main__":
    main()
