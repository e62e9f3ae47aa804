"""What another order of arrival changes: the clusters of shuffled streams against those of the stream as it came.

    python -m benchmarks.stages.dedupe_orders --runs 100             any order at all
    python -m benchmarks.stages.dedupe_orders --runs 20 --late 200   each message up to 200 places late

Prints JSON; "agree" is pairwise F1 between two partitions into clusters, "gold" that against the gold clusters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.stages.dedupe import SHARED, as_article
from copydesk.pipeline.deduplication import Shard, Sketch, sketch

Stream = list[tuple[dict[str, Any], Sketch]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=100)
    options.add_argument("--late", type=int, help="places that a message comes late at most; any order without it")
    options.add_argument("--rows", type=int, help="of the stream, its first; all without it")
    options.add_argument("--gold", type=Path, default=SHARED / "data/dedup/dev.jsonl.gz")
    chosen = options.parse_args()
    if not chosen.gold.exists():
        print("skipped: no ../shared")
        return
    with gzip.open(chosen.gold, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, chosen.rows)]
    stream = [(row, sketch(as_article(row))) for row in rows]
    gold = {row["id"]: row["gold_duplicate_cluster"] for row in rows}
    straight = clusters(stream)
    runs = []
    for seed in range(chosen.runs):
        found = clusters(reordered(stream, random.Random(seed), chosen.late))
        runs.append((agreement(straight, found), agreement(gold, found)))
    print(json.dumps({"gold_in_order": agreement(gold, straight), **told(runs)}, indent=1))


def told(runs: list[tuple[float, float]]) -> dict[str, Any]:
    agree, gold = zip(*runs, strict=True)
    return {
        "runs": len(runs),
        "agree": {"least": min(agree), "median": round(statistics.median(agree), 4), "most": max(agree)},
        "gold": {"least": min(gold), "median": round(statistics.median(gold), 4), "most": max(gold)},
    }


def reordered(stream: Stream, dice: random.Random, late: int | None) -> Stream:
    if late is None:
        return dice.sample(stream, len(stream))
    places = sorted(range(len(stream)), key=lambda place: place + dice.uniform(0, late))
    return [stream[place] for place in places]


def clusters(stream: Stream) -> dict[str, str]:
    shards: defaultdict[str, Shard] = defaultdict(Shard)
    return {
        row["id"]: shards[row["language"]].decide(row["id"], made).decision.duplicate.cluster_id for row, made in stream
    }


def agreement(one: dict[str, str], other: dict[str, str]) -> float:
    """Pairwise F1 of two partitions: of the pairs that either joins, how far both do."""

    def pairs(sizes: Counter[Any]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes.values())

    both = pairs(Counter((one[id], other[id]) for id in one))
    return round(2 * both / (pairs(Counter(one.values())) + pairs(Counter(other.values()))), 4)


if __name__ == "__main__":
    main()
