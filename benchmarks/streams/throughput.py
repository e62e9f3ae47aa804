"""How many articles a second come through, beside what the cores could give and what one would use instead.

usage: python -m benchmarks.streams.throughput [--number 900] [--processes 2]

All in one run, on a real Apache Kafka, over the same messages:
- the bound: the same stage functions in a bare loop, in as many processes, without Kafka
- Copydesk: one worker with that many pool processes
- the same stages in a plain aiokafka loop, and inside Quix Streams, that many processes of each
- by hand: kafka-python, trafilatura, datasketch and spaCy, that many processes (over fewer messages: it is slow)
"""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

from benchmarks import cpu
from benchmarks.pages import DATA, messages
from benchmarks.rivals.stages import Message, Stages
from benchmarks.streams.stream import stream
from copydesk.schemas.topics import topics

Messages = list[tuple[bytes, bytes]]


def bound(load: Messages, processes: int) -> tuple[float, float]:
    """Messages a second of the bare loop, and core milliseconds a message."""
    spawn = get_context("spawn")
    ready = spawn.Barrier(processes + 1)
    with spawn.Pool(processes, warm, (load[:6], ready)) as pool:
        ready.wait()
        began = time.perf_counter()
        taken = sum(pool.map(bare, [load[n::processes] for n in range(processes)], chunksize=1))
        return len(load) / (time.perf_counter() - began), 1000 * taken / len(load)


def warm(load: Messages, ready: Barrier) -> None:
    """Load what the stages need, and work a few pages before the clock runs."""
    bare(load)
    ready.wait()


def bare(load: Messages) -> float:
    """Each message through the stages; the processor time it took."""
    stages, began = Stages(topics()), time.process_time()
    for offset, (key, value) in enumerate(load):
        waiting = [Message(stages.topics.raw.name, 0, offset, key, value)]
        while waiting:
            at = waiting.pop()
            for out in stages.by_topic[at.topic](at):
                if out.topic in stages.by_topic:
                    waiting.append(Message(out.topic, 0, offset, out.key, out.value))
    return time.process_time() - began


def through(load: Messages, processes: int, *program: str, **environment: str) -> tuple[float, float]:
    """Messages a second of ``processes`` times ``program``, on a Kafka that holds them all already.

    And the core milliseconds a message that they took, Kafka's own not counted, from the second tenth on.
    """
    with stream() as kafka, contextlib.ExitStack() as running:
        kafka.feed(load)
        ends = kafka.ends()
        started = [running.enter_context(kafka.program(*program, **environment)) for _ in range(processes)]
        ends.wait(kafka.sent // 10, started)
        passed, taken = len(ends.at), sum(cpu.seconds(process.pid) for process in started)
        ends.wait(kafka.sent, started)
        taken = sum(cpu.seconds(process.pid) for process in started) - taken
        return ends.rate, 1000 * taken / (len(ends.at) - passed)


def main() -> None:
    """Measure all, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=900)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=["bound", "copydesk", "aiokafka", "quix", "by_hand"])
    given = parser.parse_args()
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    load, many = list(messages(given.number)), given.processes
    measures: dict[str, Any] = {
        "bound": lambda: bound(load, many),
        "copydesk": lambda: through(load, 1, "copydesk", "worker", COPYDESK_PROCESSES=str(many)),
        "aiokafka": lambda: through(load, many, "benchmarks.rivals.loop"),
        "quix": lambda: through(load, many, "benchmarks.rivals.quix"),
        "by_hand": lambda: through(load[: len(load) // 4], many, "benchmarks.rivals.by_hand", OPENBLAS_NUM_THREADS="1"),
    }
    rates: dict[str, float] = {}
    for name in given.only:
        rate, taken = measures[name]()
        rates[name] = round(rate, 1)
        print(json.dumps({"program": name, "articles_per_second": rates[name], "core_ms": round(taken, 1)}), flush=True)
    if ours := rates.pop("copydesk", None):
        told = ", ".join(f"{ours / rate:.2f} of {name}" for name, rate in rates.items())
        print(f"{ours} articles a second in {many} processes: {told}.")


if __name__ == "__main__":
    main()
