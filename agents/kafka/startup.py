"""What must be true before a worker starts: a broker that answers, and every topic as it should be.

Faust itself would wait in silence: a worker whose topic is missing reads nothing and reports no lag.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from aiokafka import AIOKafkaClient, AIOKafkaConsumer, TopicPartition
from aiokafka.errors import GroupAuthorizationFailedError, KafkaError
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from copydesk.agents.kafka.security import for_client
from copydesk.agents.settings import Settings
from copydesk.pipeline import wanted_models

_TOLD = logging.getLogger("aiokafka")

PATIENCE_SECONDS = 8.0
AGAIN_SECONDS = 0.5
SILENT = (KafkaError, TimeoutError, OSError)


class StartupError(Exception):
    """The worker cannot start; the message says what is missing and how to get it."""


def check(settings: Settings, group: str) -> None:
    """Raise StartupError unless the models are installed, the broker has all topics as configured, and lets us in.

    A broker that does not answer is asked again for ``start_patience``: who ends at once is started again by Docker
    after twice as long each time, up to a minute, and comes as much later than the broker.
    """
    try:
        wanted_models.check(settings.model)
    except wanted_models.ModelNotFound as error:
        raise StartupError(str(error)) from None
    try:
        found = _patiently(settings.start_patience)(_found, settings)
    except SILENT as error:
        raise StartupError(f"no Kafka broker answers at {settings.broker} ({error or 'timed out'})") from None
    finally:
        _TOLD.setLevel(logging.NOTSET)
    missing = [topic.name for topic in settings.topics.all if topic.name not in found]
    if missing:
        raise StartupError(f"{', '.join(missing)}: no such topic at {settings.broker}; run `copydesk topics create`")
    differing = [topic.name for topic in settings.topics.all if found[topic.name] != topic.partitions]
    if differing:
        raise StartupError(
            f"{', '.join(differing)}: {found[differing[0]]} partitions, COPYDESK_PARTITIONS says {settings.partitions}"
        )
    with contextlib.suppress(KafkaError, TimeoutError):  # a coordinator that is slow will be found later
        asyncio.run(asyncio.wait_for(_enter(settings, group), PATIENCE_SECONDS))


def _patiently(seconds: float) -> Retrying:
    return Retrying(
        retry=retry_if_exception_type(SILENT),
        stop=stop_after_delay(seconds),
        wait=wait_fixed(AGAIN_SECONDS),
        before_sleep=lambda _: _TOLD.setLevel(logging.CRITICAL),  # it tells why, at every try: once is enough
        reraise=True,
    )


def _found(settings: Settings) -> dict[str, int]:
    return asyncio.run(asyncio.wait_for(_partitions(settings), PATIENCE_SECONDS))


async def _enter(settings: Settings, group: str) -> None:
    # Faust would wait for ever, and say nothing.
    options = {"group_id": group, "enable_auto_commit": False, **for_client(settings)}
    try:
        async with AIOKafkaConsumer(bootstrap_servers=settings.broker, **options) as consumer:
            await consumer.committed(TopicPartition(settings.topics.raw.name, 0))
    except GroupAuthorizationFailedError:
        raise StartupError(f"the broker does not let us into the group {group}: grant READ on it") from None


async def _partitions(settings: Settings) -> dict[str, int]:
    client = AIOKafkaClient(bootstrap_servers=settings.broker, **for_client(settings))
    try:
        await client.bootstrap()
        cluster = await client.fetch_all_metadata()
        return {topic: len(cluster.partitions_for_topic(topic) or ()) for topic in cluster.topics()}
    finally:
        await client.close()
