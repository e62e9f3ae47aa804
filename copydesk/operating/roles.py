"""What each role has to be allowed on a Kafka with access control, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, get_args

from copydesk.schemas.topics import Topic, Topics

Role = Literal["feeder", "worker", "backfill", "subscriber", "replay", "admin"]
Operation = Literal["READ", "WRITE", "CREATE", "ALTER", "DESCRIBE", "DESCRIBE_CONFIGS"]
ROLES: tuple[Role, ...] = get_args(Role)


class Grant(NamedTuple):
    """One permission: an operation on a topic, or on a consumer group."""

    operation: Operation
    on: Literal["topic", "group"]
    name: str


def grants(role: Role, topics: Topics, group: str) -> tuple[Grant, ...]:
    """All that ``role`` needs; ``group`` is the worker's consumer group, or the subscriber's own.

    Every client reads metadata, for which READ and WRITE are enough. A worker's check at its start wants to see every
    topic, and how large a record each takes. Idempotent producers need nothing beside WRITE.
    """
    return tuple(_NEEDS[role](topics, group))


def _feeder(topics: Topics, _: str) -> Iterator[Grant]:
    yield from _on("WRITE", topics.raw, topics.raw_backfill)


def _worker(topics: Topics, group: str) -> Iterator[Grant]:
    yield from _on("DESCRIBE", *topics.all)
    yield from _on("DESCRIBE_CONFIGS", *topics.all)
    yield from _on("READ", topics.raw, topics.extracted, topics.deduplicated, topics.dedupe_state)
    yield from _on("WRITE", topics.extracted, topics.deduplicated, topics.deduplicated_backfill, topics.enriched)
    yield from _on("WRITE", topics.duplicates, topics.clusters, topics.dead_letters, topics.dedupe_state)
    yield Grant("READ", "group", group)


def _backfill(topics: Topics, group: str) -> Iterator[Grant]:
    yield from _on("DESCRIBE", *topics.all)
    yield from _on("DESCRIBE_CONFIGS", *topics.all)
    yield from _on("READ", topics.raw_backfill, topics.deduplicated_backfill)
    yield from _on("WRITE", topics.extracted, topics.enriched, topics.dead_letters)
    yield Grant("READ", "group", f"{group}-backfill")
    yield Grant("DESCRIBE", "group", group)  # how far live pages are behind


def _subscriber(topics: Topics, group: str) -> Iterator[Grant]:
    yield from _on("READ", topics.enriched, topics.duplicates, topics.clusters)
    yield Grant("READ", "group", group)


def _replay(topics: Topics, _: str) -> Iterator[Grant]:
    yield from _on("READ", topics.dead_letters)
    yield from _on("WRITE", topics.dead_letters, topics.raw, topics.raw_backfill, topics.extracted)
    yield from _on("WRITE", topics.deduplicated, topics.deduplicated_backfill)


def _admin(topics: Topics, group: str) -> Iterator[Grant]:
    for operation in ("CREATE", "ALTER", "DESCRIBE", "DESCRIBE_CONFIGS"):
        yield from _on(operation, *topics.all)
    yield from _on("READ", topics.dedupe_state)  # which `topics grow` copies
    yield from _on("WRITE", topics.dedupe_state)
    yield Grant("DESCRIBE", "group", group)
    yield Grant("DESCRIBE", "group", f"{group}-backfill")


def _on(operation: Operation, *topics: Topic) -> Iterator[Grant]:
    return (Grant(operation, "topic", topic.name) for topic in topics)


_NEEDS: dict[Role, Callable[[Topics, str], Iterator[Grant]]] = {
    "feeder": _feeder, "worker": _worker, "backfill": _backfill, "subscriber": _subscriber, "replay": _replay,
    "admin": _admin,
}  # fmt: skip
