"""Topics that are not read, are at their retention, or take no message of that size."""

from __future__ import annotations

import contextlib
import time

from kafka import TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from copydesk import clients
from ops.chaos.scene import Scene

PATIENCE_SECONDS = 60.0


def tenth_is_poison(scene: Scene, number: int) -> None:
    """One more message in ten is none; it lasts as long as it takes to send ten."""
    while scene.load.sent < 10 * (number + 1):
        time.sleep(0.05)


def nobody_reads(scene: Scene, _: int) -> None:
    """Nobody reads the enriched articles for a minute; then somebody reads them all."""
    scene.load.reading.clear()
    time.sleep(60)
    scene.load.reading.set()


def expire(scene: Scene, _: int) -> None:
    """The workers are away for longer than raw pages are kept: what they tell to be lost must be all that is."""
    for worker in scene.crew.workers:
        scene.crew.leave(worker)
    raw = scene.topics.raw.name
    before, sent = _beginnings(scene, raw), scene.load.sent
    _configure(scene, raw, {"retention.ms": "1000", "segment.ms": "1000"})
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and (scene.load.sent < sent + 100 or _beginnings(scene, raw) == before):
        time.sleep(0.5)
    _configure(scene, raw, {"retention.ms": "604800000", "segment.ms": "604800000"})
    for _ in range(2):
        scene.crew.join()


def count_expired(scene: Scene) -> None:
    """Note what the workers told."""
    scene.noted["expired, and told"] += scene.told_lost()


def refuse_large(scene: Scene, _: int) -> None:
    """The broker takes no record of more than 40 KB on the topics of articles and dead letters."""
    for topic in (scene.topics.extracted, scene.topics.dead_letters):
        _configure(scene, topic.name, {"max.message.bytes": "40000"})
    time.sleep(20)


def _configure(scene: Scene, topic: str, settings: dict[str, str]) -> None:
    with contextlib.closing(clients.admin(scene.kafka.bootstrap)) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=settings)])


def _beginnings(scene: Scene, topic: str) -> dict[TopicPartition, int]:
    with contextlib.closing(clients.consumer(scene.kafka.bootstrap, topic)) as consumer:
        found: dict[TopicPartition, int] = consumer.beginning_offsets(consumer.assignment())
        return found
