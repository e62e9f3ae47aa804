"""Raises the number of partitions of an installation that is stopped, and takes deduplication's memory along.

An article's shard is chosen by its language, modulo the number of partitions. When that is multiplied, all articles
that a new shard may ask for lie in one old one, whose state it is given a copy of. What it has too much leaves with the
window.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import CoordinatorNotAvailableError
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from copydesk import clients
from copydesk.schemas.topics import Topic, Topics

AGAIN_SECONDS = 0.2


class CannotGrow(Exception):
    """The partitions cannot be raised now, or not to that number; the message says why, and what to do."""


def grow(broker: str, topics: Topics, groups: tuple[str, ...], to: int) -> int:
    """Give each of ``topics`` ``to`` partitions; how many records of state were copied.

    What an interruption has left undone is done when it is called again.

    Args:
        groups: the workers' consumer groups; they must be empty, and have read all there is.

    Raises:
        CannotGrow: see there.
    """
    with contextlib.closing(clients.admin(broker)) as admin:
        found = {one["name"]: len(one["partitions"]) for one in admin.describe_topics([t.name for t in topics.all])}
        # The state goes first: while any other topic has fewer partitions, its copy is not finished.
        state = topics.dedupe_state
        others = [topic for topic in topics.all if topic != state]
        has = found[topics.extracted.name]
        if to % has:
            raise CannotGrow(f"there are {has} partitions: they can become {2 * has}, {3 * has}, …, not {to}")
        _check_idle(admin, broker, topics, groups)
        if found[state.name] < to:
            admin.create_partitions({state.name: to})
        copied = _copy(broker, state, has, to)
        # Last of all the topic that says how many there were.
        for topic in (*(one for one in others if one != topics.extracted), topics.extracted):
            if found[topic.name] < to:
                admin.create_partitions({topic.name: to})
    return copied


def _check_idle(admin: KafkaAdminClient, broker: str, topics: Topics, groups: tuple[str, ...]) -> None:
    read = [topics.raw, topics.raw_backfill, topics.extracted, topics.deduplicated, topics.deduplicated_backfill]
    names = {topic.name for topic in read}
    waiting: dict[str, int] = {}
    with contextlib.closing(clients.consumer(broker, *names)) as consumer:
        ends: dict[TopicPartition, int] = consumer.end_offsets(list(consumer.assignment()))
        starts: dict[TopicPartition, int] = consumer.beginning_offsets(list(ends))
    committed: dict[TopicPartition, int] = {}
    for group in groups:
        if members := _of_group(group, lambda group: admin.describe_groups([group]))["members"]:
            raise CannotGrow(f"the group {group} has {len(members)} workers: stop them first")
        offsets = _of_group(group, admin.list_group_offsets)
        committed |= {at: told.offset for at, told in offsets.items() if told.offset >= 0}
    for at, end in ends.items():
        left = end - max(committed.get(at, 0), starts[at])
        if left > 0:
            waiting[at.topic] = waiting.get(at.topic, 0) + left
    if waiting:
        told = ", ".join(f"{count:,} on {topic}" for topic, count in waiting.items())
        raise CannotGrow(
            f"{told} wait to be worked: stop the feeders, and let the workers finish before they are stopped"
        )


def _of_group(group: str, ask: Callable[[str], dict[str, Any]]) -> Any:
    # A broker that has just begun makes its topic of groups first.
    patiently = Retrying(
        retry=retry_if_exception_type(CoordinatorNotAvailableError),
        stop=stop_after_delay(clients.PATIENCE_SECONDS),
        wait=wait_fixed(AGAIN_SECONDS),
        reraise=True,
    )
    return patiently(ask, group)[group]


def _copy(broker: str, state: Topic, has: int, to: int) -> int:
    copied = 0
    with (
        contextlib.closing(clients.consumer(broker, state.name)) as consumer,
        contextlib.closing(clients.producer(broker)) as producer,
    ):
        for number in range(has, to):
            copied += _copy_one(consumer, producer, TopicPartition(state.name, number % has), number)
    return copied


def _copy_one(consumer: KafkaConsumer, producer: KafkaProducer, source: TopicPartition, number: int) -> int:
    there = [record.key for record in _records(consumer, TopicPartition(source.topic, number))]
    copied, failures = 0, list[BaseException]()
    for place, record in enumerate(_records(consumer, source)):
        if place >= len(there):
            sending = producer.send(source.topic, key=record.key, value=record.value, partition=number)
            sending.add_errback(failures.append)
            copied += 1
        elif there[place] != record.key:
            raise CannotGrow(f"{source.topic}/{number} holds something else than {source.partition} already")
    producer.flush()
    if failures:
        raise CannotGrow(f"{source.topic}/{number}: {failures[0]}; run it again")
    return copied


def _records(consumer: KafkaConsumer, at: TopicPartition) -> Iterator[Any]:
    """The records of ``at`` as far as it goes now."""
    consumer.assign([at])
    consumer.seek_to_beginning(at)
    end = consumer.end_offsets([at])[at]
    while consumer.position(at) < end:
        for records in consumer.poll(timeout_ms=500).values():
            yield from records
