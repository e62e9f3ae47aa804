"""Makes docs/scale.md from benchmarks/streams/costs.json: what 50, 500 and 5,000 articles a second
take, and what gives out first.

usage: python docs/scale_page.py
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from copydesk.agents.settings import Settings

HERE = Path(__file__).parent
COSTS: dict[str, Any] = json.loads((HERE.parent / "benchmarks" / "streams" / "costs.json").read_text())

RATES = (50, 500, 5_000)
BUSY = 0.7  # of a core: above it queues grow with every gust
BIGGEST_LANGUAGE = 0.5  # of the articles; English, in most newsrooms
COPIES = 1 / 3  # of the articles
REPLICAS = 3
RAW_DAYS, WINDOW_DAYS = 7, 7
POOL_PROCESS_GB, WORKER_GB = 0.4, 0.2  # resident
RECORD_BYTES = 1_572  # of a shard's process an article: benchmarks/stages/dedupe.py --grow 100000
WINDOW_ARTICLES = Settings().window_articles
DISK_MB = 200  # a second that a broker's disk writes and reads back at its ease
DAY = 86_400


@dataclass(frozen=True)
class Need:
    """What ``rate`` articles a second take."""

    rate: int

    @property
    def cores(self) -> int:
        """Of the workers together: pool processes and event loops."""
        return ceil(self.rate * (COSTS["pool_ms"] + COSTS["loop_ms"]) / 1000 / BUSY)

    @property
    def workers(self) -> int:
        """An event loop keeps so many busy; at least one for each core's worth of loop."""
        return max(1, ceil(self.rate * COSTS["loop_ms"] / 1000 / BUSY))

    @property
    def partitions(self) -> int:
        """A power of two with room to double the workers."""
        return 2 ** ceil(max(2, (self.workers * 2 - 1).bit_length()))

    @property
    def shard(self) -> float:
        """How busy the owner of the biggest language's shard is with it: its share of a core."""
        return float(self.rate * BIGGEST_LANGUAGE * (COSTS["decision_ms"] + COSTS["loop_ms"] / 3) / 1000)

    @property
    def memory(self) -> float:
        """GB: the workers, and the shards."""
        return self.cores * POOL_PROCESS_GB + self.workers * WORKER_GB + self.records * RECORD_BYTES / 1e9

    @property
    def records(self) -> float:
        """That all shards remember: a window of articles."""
        return self.rate * DAY * WINDOW_DAYS

    @property
    def raw_disk(self) -> float:
        """TB of raw pages on Kafka, replicas included."""
        return self.rate * DAY * RAW_DAYS * REPLICAS * COSTS["kafka_bytes"]["news.raw"] / 1e12

    @property
    def disk(self) -> float:
        """TB of everything else."""
        rest = sum(COSTS["kafka_bytes"].values()) - COSTS["kafka_bytes"]["news.raw"]
        return float(self.rate * DAY * RAW_DAYS * REPLICAS * rest / 1e12)

    @property
    def written(self) -> float:
        """MB a second that the brokers write, replicas included."""
        return float(self.rate * REPLICAS * sum(COSTS["kafka_bytes"].values()) / 1e6)


def table() -> str:
    """A column a rate."""
    needs = [Need(rate) for rate in RATES]
    rows = {
        "cores of the workers": [f"{need.cores:,}" for need in needs],
        "event loops (workers) at least": [f"{need.workers:,}" for need in needs],
        "partitions": [f"{need.partitions:,}" for need in needs],
        "memory of the workers, GB": [f"{need.memory:,.0f}" for need in needs],
        "of it deduplication's, a window of 7 days": [f"{need.records * RECORD_BYTES / 1e9:,.0f}" for need in needs],
        "Kafka's disk for raw pages, 7 days, 3 copies, TB": [f"{need.raw_disk:,.1f}" for need in needs],
        "for the rest, TB": [f"{need.disk:,.1f}" for need in needs],
        "Kafka writes, MB/s": [f"{need.written:,.0f}" for need in needs],
        "brokers' disks busy, at least": [f"{ceil(need.written / DISK_MB):,}" for need in needs],
        "core that decides on the biggest language, busy": [f"{need.shard:.0%}" for need in needs],
    }
    lines = "".join(f"| {name} | {' | '.join(values)} |\n" for name, values in rows.items())
    return f"| articles a second | {' | '.join(f'{rate:,}' for rate in RATES)} |\n|---|{'---|' * len(RATES)}\n{lines}"


def text() -> str:
    """The page."""
    need = Need(1)
    ceiling = BUSY / need.shard
    biggest = f"{BIGGEST_LANGUAGE:.0%}"
    number, size = COSTS["articles"], COSTS["page_bytes"] / 1000
    week = Need(50).records * BIGGEST_LANGUAGE
    filled = WINDOW_ARTICLES / (Need(50).rate * BIGGEST_LANGUAGE) / 3600
    kinds = ", ".join(f"{name} {size / 1000:,.1f}" for name, size in COSTS["kafka_bytes"].items() if size)
    return f"""\
# Scale

Made by `python docs/scale_page.py` from [what was measured](../benchmarks/streams/costs.json) on one worker
(`python -m benchmarks.streams.costs`, {number} real pages of {size:,.0f} KB, each third a copy).
It is reckoned, not run: only rates that two cores reach were ever seen.

| an article costs | |
|---|---|
| a pool process | {COSTS["pool_ms"]} ms of a core: extraction, sketch, annotation |
| the worker's event loop | {COSTS["loop_ms"]} ms, of it {COSTS["decision_ms"]} ms for the decision of deduplication |
| Kafka, one copy | {sum(COSTS["kafka_bytes"].values()) / 1000:,.1f} KB compressed: {kinds} |
| a dedupe shard | {RECORD_BYTES:,} bytes of memory for as long as the window lasts |

{table()}
Reckoned with cores that are busy for {BUSY:.0%}, a biggest language of {biggest}, {REPLICAS} replicas,
and disks that take {DISK_MB} MB/s each.

## What gives out first

1. **The window.** A shard is one process's memory, and a week of the biggest language at 50 a second is
   {week / 1e6:,.0f} million articles, {week * RECORD_BYTES / 1e9:,.0f} GB. The default `window_articles`,
   {WINDOW_ARTICLES:,}, remembers its last {filled:,.0f} hours; the oldest leave first, and CopydeskStateNearLimit
   tells. Raise it where there is memory, or shorten the window.
2. **Kafka's disk.** {need.raw_disk * 1000:,.0f} GB for each article a second, nearly all of it raw pages: shorten
   `retention.ms` of `news.raw`.
3. **The one core that decides on the biggest language.** Decisions are in the order of the log, by one owner: with
   {biggest} of the articles in one shard it is full at some {ceiling:,.0f} articles a second, and no number of
   workers helps. `COPYDESK_SHARDS_PER_LANGUAGE=4` halves what the busiest shard compares, and finds .92 of the copies
   in place of .99 ([what is lost](deduplication.md#a-language-of-several-shards)). Or run installations side by
   side, by region or group of sources (`COPYDESK_TOPIC_PREFIX`); copies between them are not found.

Cores are never the limit: workers are added on any number of machines, as many as there are partitions. More workers:
[operations](operations.md#on-machines-of-your-own); more partitions: [there](operations.md#more-partitions), too.
"""


if __name__ == "__main__":
    (HERE / "scale.md").write_text(text(), encoding="utf-8")
