"""Brokers for the tests that need one: the embedded broker, and a real Apache Kafka."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from copydesk.demo import embedded
from copydesk.operating import admin
from copydesk.schemas.topics import Topics, topics

Numbers = count()


@dataclass(frozen=True)
class Broker:
    """A broker with fresh topics on it."""

    bootstrap: str
    topics: Topics
    prefix: str

    @property
    def environment(self) -> dict[str, str]:
        """What a worker of this test is told."""
        return {
            "COPYDESK_BROKER": self.bootstrap,
            "COPYDESK_TOPIC_PREFIX": self.prefix,
            "COPYDESK_GROUP": f"{self.prefix}copydesk",
            "COPYDESK_PARTITIONS": str(self.topics.raw.partitions),
            "COPYDESK_PROCESSES": "1",
            "COPYDESK_METRICS_PORT": "0",
        }


@pytest.fixture
def kafka(kafka_address: str, worker_id: str) -> Callable[[int], Broker]:
    """Makes fresh topics with so many partitions on a real Kafka."""

    def fresh(partitions: int) -> Broker:
        prefix = f"{worker_id}.{next(Numbers)}."
        wanted = topics(partitions, prefix)
        admin.create_topics(kafka_address, wanted)
        return Broker(kafka_address, wanted, prefix)

    return fresh


@pytest.fixture
def embedded_broker() -> Iterator[Broker]:
    wanted = topics(4)
    with embedded.broker(wanted) as address:
        yield Broker(address, wanted, "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
