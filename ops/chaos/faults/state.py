"""The dedupe shard's state: a topic longer than what a worker may remember of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from confluent_kafka import Producer

from copydesk.agents.carrying import work
from copydesk.pipeline import deduplication
from copydesk.pipeline.deduplication import Shard, shard_of
from copydesk.schemas import Article, decode
from ops.chaos import pages
from ops.chaos.scene import Scene

REMEMBERED = 1_000
"""What the workers of this row may remember; ``COPYDESK_WINDOW_ARTICLES``."""
ARTICLES = 5 * REMEMBERED


def longer_than_memory(scene: Scene, _: int) -> None:
    """Workers come to a state of five times as many articles as they may remember, and go on."""
    topic = scene.topics.dedupe_state
    records, producer = 0, Producer({"bootstrap.servers": scene.kafka.bootstrap, "compression.type": "lz4"})
    for records, (key, value) in enumerate(_state(), start=1):  # noqa: B007 - counted
        producer.produce(topic.name, key=key, value=value, partition=shard_of("en", topic.partitions))
        producer.poll(0)
    producer.flush()
    workers = [scene.crew.join() for _ in range(2)]
    for worker in workers:
        scene.crew.ready(worker)
    ended = scene.load.ended
    while scene.load.ended < ended + 50:
        time.sleep(0.2)
    remembered = max(worker.metric("copydesk_dedupe_articles") or 0 for worker in workers)
    scene.noted[
        f"state of {records:,} records read; {remembered:,.0f} articles remembered, {REMEMBERED:,} allowed"
    ] += 1


def _state() -> Iterator[tuple[bytes, bytes | None]]:
    """The records that a shard which decided on that many articles has written."""
    shard = Shard(window=timedelta(days=7), max_articles=REMEMBERED)
    _, value = pages.page(0)
    article = decode(Article, work.extract(value, "state", 0, 0).article)
    for number in range(ARTICLES):
        text = "\n".join(f"{line} {number} {number * 31 + line}" for line in range(12)) + article.text[-400:]
        other = article.model_copy(update={"id": f"{number:032x}", "text": text})
        yield from shard.decide(f"state/0/{number}", deduplication.sketch(other)).writes
