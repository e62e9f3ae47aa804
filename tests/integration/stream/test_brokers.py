from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from copydesk import clients
from copydesk.operating import admin
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, topics
from ops.kafka.broker import Kafka

TWELVE_MB = b"x" * 12_000_000


@pytest.fixture(
    params=[pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("kafka", marks=pytest.mark.kafka)]
)
def broker(request: pytest.FixtureRequest) -> Any:
    if request.param == "embedded":
        return request.getfixturevalue("embedded_broker")
    return request.getfixturevalue("kafka")(4)


def test_kafka_python_reads_what_it_wrote_even_12_mb(broker: Any) -> None:
    topic = broker.topics.raw.name
    with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
        for value in (b"first", TWELVE_MB):
            producer.send(topic, key=b"k", value=value).get(timeout=20)
    with contextlib.closing(clients.consumer(broker.bootstrap, topic)) as consumer:
        assert [next(consumer).value for _ in range(2)] == [b"first", TWELVE_MB]


async def test_aiokafka_reads_what_it_wrote(broker: Any) -> None:
    topic = broker.topics.enriched.name
    producer = AIOKafkaProducer(
        bootstrap_servers=broker.bootstrap, enable_idempotence=True, max_request_size=MAX_MESSAGE_BYTES
    )
    async with producer:
        await producer.send_and_wait(topic, b"event", key=b"k")
    async with AIOKafkaConsumer(topic, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest") as consumer:
        assert (await consumer.getone()).value == b"event"


def test_topics_are_as_they_should_be(broker: Any) -> None:
    assert all(not found.differences for found in admin.list_topics(broker.bootstrap, broker.topics))


def test_no_broker_is_a_clear_error() -> None:
    with pytest.raises(clients.BrokerUnavailable, match=r"no Kafka broker answers at 127\.0\.0\.1:1"):
        clients.producer("127.0.0.1:1")


@pytest.mark.kafka
def test_topics_are_created_once(kafka: Callable[[int], Any]) -> None:
    broker = kafka(2)
    assert admin.create_topics(broker.bootstrap, broker.topics) == []


@pytest.mark.kafka
@pytest.mark.usefixtures("kafka_address")
def test_kafka_keeps_what_was_confirmed_over_a_kill(tmp_path: Path) -> None:
    with Kafka(tmp_path) as server:
        wanted = topics(1)
        admin.create_topics(server.bootstrap, wanted)
        with contextlib.closing(clients.producer(server.bootstrap)) as producer:
            producer.send(wanted.raw.name, value=b"kept").get(timeout=20)
        server.kill()
        server.start()
        with contextlib.closing(clients.consumer(server.bootstrap, wanted.raw.name)) as consumer:
            assert next(consumer).value == b"kept"
