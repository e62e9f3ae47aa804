"""How many bytes an article takes on Kafka, topic by topic, compressed as it lies there.

usage: python -m benchmarks.streams.size_on_kafka [--number 300]
"""

from __future__ import annotations

import argparse
import json

from benchmarks.pages import DATA, messages
from benchmarks.streams.stream import stream


def main() -> None:
    """Measure, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=300)
    number = parser.parse_args().number
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    with stream() as kafka:
        kafka.feed(messages(number))
        ends = kafka.ends()
        with kafka.program("copydesk", "worker") as worker:
            ends.wait(number, [worker])
        sizes = {topic.name: round(kafka.size(topic) / number) for topic in kafka.topics.all}
    print(json.dumps({"bytes_an_article": sizes}, indent=1))
    raw, every = sizes[kafka.topics.raw.name], sum(sizes.values())
    print(f"{every:,} bytes an article in all topics, {every / raw:.2f} times the {raw:,} of the raw page.")


if __name__ == "__main__":
    main()
