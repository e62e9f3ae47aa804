"""Decisions after kills: on a real Kafka, byte for byte those of one process that was never killed."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk import clients
from copydesk.agents.settings import Settings
from copydesk.pipeline.deduplication import Shard, settle, sketch
from copydesk.schemas import Article, RawReference, decode, encode
from tests.integration.conftest import Broker
from tests.integration.streaming import worker
from tests.pipeline.deduplication.test_shard import feed

KILLS = int(os.environ.get("KILLS", "2"))  # 20 in what docs/deduplication.md reports
ARTICLES = 100 * (KILLS + 1)
PATIENCE_SECONDS = 180.0


@pytest.mark.kafka
@pytest.mark.timeout(120 * (KILLS + 2))
def test_decisions_are_the_same_however_often_the_shards_owner_is_killed(
    kafka: Callable[[int], Broker], tmp_path: Path
) -> None:
    broker, dice = kafka(1), random.Random(KILLS)
    articles = [
        article.model_copy(update={"raw": RawReference(topic="news.raw", partition=n % 4, offset=n)})
        for n, article in enumerate(feed(KILLS, ARTICLES))
    ]
    expected = decisions(articles)
    topics, seen = broker.topics, defaultdict[int, set[bytes]](set)
    with (
        contextlib.closing(clients.producer(broker.bootstrap)) as producer,
        contextlib.closing(
            clients.consumer(broker.bootstrap, topics.deduplicated.name, topics.duplicates.name)
        ) as consumer,
    ):
        for article in articles:
            producer.send(topics.extracted.name, value=encode(article), partition=0)
        producer.flush()

        def read_until(enough: int) -> None:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while len(seen) < enough:
                assert time.monotonic() < deadline, f"{len(seen)} of {enough} decided"
                for records in consumer.poll(timeout_ms=50).values():
                    for record in records:
                        offset = decode(Article, record.value).raw.offset
                        assert offset is not None
                        seen[offset].add(record.value)

        for kill in range(1, KILLS + 1):
            with worker(broker, tmp_path, COPYDESK_PROCESSES="1") as running:
                read_until(kill * ARTICLES // (KILLS + 1) - dice.randrange(60))
                running.kill()
        with worker(broker, tmp_path, COPYDESK_PROCESSES="1"):
            read_until(ARTICLES)
    assert seen == {offset: {value} for offset, value in enumerate(expected)}


def decisions(articles: list[Article]) -> list[bytes]:
    """What one shard that nobody kills says of each."""
    shard = Shard(window=Settings().window, max_articles=Settings().window_articles)
    return [
        encode(settle(article, shard.decide(f"news.raw/{n % 4}/{n}", sketch(article)).decision))
        for n, article in enumerate(articles)
    ]
