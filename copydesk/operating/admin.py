"""Topics as they are on a broker, and as they should be."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import TopicAlreadyExistsError

from copydesk import clients
from copydesk.schemas.topics import Topic, Topics


@dataclass(frozen=True)
class Found:
    """A topic as it is: None partitions when it is missing; ``differences`` from what it should be, in words."""

    topic: Topic
    partitions: int | None
    differences: tuple[str, ...]


def create_topics(bootstrap: str, topics: Topics, replication_factor: int = 1) -> list[str]:
    """Create those of ``topics`` that are missing; their names. What exists is left as it is."""
    created = []
    with contextlib.closing(clients.admin(bootstrap)) as admin:
        for topic in topics.all:
            options = {
                "num_partitions": topic.partitions,
                "replication_factor": replication_factor,
                "configs": topic.config,
            }
            with contextlib.suppress(TopicAlreadyExistsError):
                admin.create_topics({topic.name: options}, wait_for_metadata=True)
                created.append(topic.name)
    return created


def list_topics(bootstrap: str, topics: Topics) -> list[Found]:
    """Each of ``topics`` as it is on the broker."""
    embedded = clients.is_embedded(bootstrap)
    with contextlib.closing(clients.admin(bootstrap)) as admin:
        there = set(admin.list_topics())
        present = [topic for topic in topics.all if topic.name in there]
        partitions = {
            found["name"]: len(found["partitions"]) for found in admin.describe_topics([t.name for t in present])
        }
        configs: dict[str, dict[str, dict[str, str]]] = {}
        if present and not embedded:  # the embedded broker has no configuration to ask for
            wanted = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in present]
            configs = admin.describe_configs(wanted, config_filter="all")["topic"]
    return [_found(topic, partitions.get(topic.name), configs.get(topic.name)) for topic in topics.all]


def _found(topic: Topic, partitions: int | None, config: dict[str, dict[str, str]] | None) -> Found:
    if partitions is None:
        return Found(topic, None, ("missing",))
    differences = [] if partitions == topic.partitions else [f"{partitions} partitions, not {topic.partitions}"]
    for name, wanted in topic.config.items() if config is not None else ():
        value = config[name]["value"] if config is not None and name in config else None
        if value != wanted:
            differences.append(f"{name} is {value}, not {wanted}")
    return Found(topic, partitions, tuple(differences))
