"""Brokers that are killed, and come back."""

from __future__ import annotations

import contextlib
import time

from copydesk import clients
from copydesk.pipeline.deduplication import shard_of
from ops.chaos.scene import Scene
from ops.kafka.broker import Kafka
from ops.kafka.cluster import Cluster


def kill_the_only(scene: Scene, _: int) -> None:
    """The one broker is killed, and comes back a little later."""
    assert isinstance(scene.kafka, Kafka)
    scene.kafka.kill()
    time.sleep(scene.chosen.uniform(1, 6))
    scene.kafka.start()


def kill_one(scene: Scene, _: int) -> None:
    """One of the brokers is killed, and comes back a little later."""
    assert isinstance(scene.kafka, Cluster)
    _kill_for_a_while(scene, scene.chosen.choice(list(scene.kafka.brokers.values())))


def kill_leader_of_shard(scene: Scene, _: int) -> None:
    """The broker that leads the partition of the dedupe shard which has all the work."""
    assert isinstance(scene.kafka, Cluster)
    topic = scene.topics.extracted
    with contextlib.closing(clients.admin(scene.kafka.bootstrap)) as admin:
        [described] = admin.describe_topics([topic.name])
    shard = shard_of("en", topic.partitions)
    [leader] = [found["leader_id"] for found in described["partitions"] if found["partition_index"] == shard]
    _kill_for_a_while(scene, scene.kafka.brokers[leader])


def _kill_for_a_while(scene: Scene, broker: Kafka) -> None:
    broker.kill()
    time.sleep(scene.chosen.uniform(2, 8))
    broker.start()
