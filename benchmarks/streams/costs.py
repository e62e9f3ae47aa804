"""What an article costs a worker and Kafka: processor time by process, bytes by topic; docs/scale.md reckons with it.

usage: python -m benchmarks.streams.costs [--number 300]

Writes benchmarks/streams/costs.json. One worker of one pool process on a real Kafka, real pages, each third a copy.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from benchmarks.pages import DATA, messages
from benchmarks.streams.stream import stream
from copydesk.agents.carrying import work
from copydesk.pipeline.deduplication import Shard
from copydesk.pipeline.extraction import ExtractionError

OUTPUT = Path(__file__).with_name("costs.json")
WARM_UP = 40


def busy(process: int) -> float:
    """Seconds of processor time of a process, without its children's."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pool(process: int) -> list[int]:
    """The processes of a worker's pool."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def decided(load: list[tuple[bytes, bytes]]) -> tuple[float, int]:
    """Seconds of processor time that a decision takes, and bytes of a shard's memory an article."""
    shard, seconds = Shard(), 0.0
    for number, (_, value) in enumerate(load):
        try:
            extracted = work.extract(value, "news.raw", 0, number)
        except ExtractionError:
            continue
        _, sketch = work.sketch(extracted.article)
        began = time.process_time()
        shard.decide(extracted.origin, sketch)
        seconds += time.process_time() - began
    return seconds / len(load), shard.size // len(shard)


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=300)
    number = parser.parse_args().number
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    load = list(messages(WARM_UP + number))
    with stream() as kafka:
        kafka.feed(load[:WARM_UP])
        ends = kafka.ends()
        with kafka.program("copydesk", "worker", COPYDESK_PROCESSES="1") as worker:
            ends.wait(WARM_UP, [worker])
            before = busy(worker.pid), sum(map(busy, pool(worker.pid)))
            kafka.feed(load[WARM_UP:])
            ends.wait(WARM_UP + number, [worker])
            after = busy(worker.pid), sum(map(busy, pool(worker.pid)))
        sizes = {topic.name: round(kafka.size(topic) / len(load)) for topic in kafka.topics.all}
    decision, memory = decided(load[:200])
    costs = {
        "articles": number,
        "pool_ms": round(1000 * (after[1] - before[1]) / number, 1),
        "loop_ms": round(1000 * (after[0] - before[0]) / number, 1),
        "decision_ms": round(1000 * decision, 2),
        "page_bytes": round(sum(len(value) for _, value in load) / len(load)),
        "kafka_bytes": sizes,
        "record_bytes": memory,
    }
    OUTPUT.write_text(json.dumps(costs, indent=1) + "\n")
    print(json.dumps(costs))


if __name__ == "__main__":
    main()
