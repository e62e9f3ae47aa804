"""What must be true before a worker starts: a broker that answers, and every topic as it should be.

Faust itself would wait in silence: a worker whose topic is missing reads nothing and reports no lag.
"""

from __future__ import annotations

import asyncio

from aiokafka import AIOKafkaClient
from aiokafka.errors import KafkaError

from agents.security import for_client
from agents.settings import Settings

PATIENCE_SECONDS = 8.0


class StartupError(Exception):
    """The worker cannot start; the message says what is missing and how to get it."""


def check(settings: Settings) -> None:
    """Raise StartupError unless the broker answers and has all topics with the partitions configured."""
    try:
        found = asyncio.run(asyncio.wait_for(_partitions(settings), PATIENCE_SECONDS))
    except (KafkaError, TimeoutError, OSError) as error:
        raise StartupError(f"no Kafka broker answers at {settings.broker} ({error or 'timed out'})") from None
    missing = [topic.name for topic in settings.topics.all if topic.name not in found]
    if missing:
        raise StartupError(f"{', '.join(missing)}: no such topic at {settings.broker}; run `copydesk topics create`")
    differing = [topic.name for topic in settings.topics.all if found[topic.name] != topic.partitions]
    if differing:
        raise StartupError(
            f"{', '.join(differing)}: {found[differing[0]]} partitions, COPYDESK_PARTITIONS says {settings.partitions}"
        )


async def _partitions(settings: Settings) -> dict[str, int]:
    client = AIOKafkaClient(bootstrap_servers=settings.broker, **for_client(settings))
    try:
        await client.bootstrap()
        cluster = await client.fetch_all_metadata()
        return {topic: len(cluster.partitions_for_topic(topic) or ()) for topic in cluster.topics()}
    finally:
        await client.close()
