"""The backfill lane steps aside while live pages wait: its machines may outrun the one that decides on both."""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from copydesk.agents.kafka.security import for_client
from copydesk.agents.settings import Settings

EVERY_SECONDS = 1.0
LIMIT_SECONDS = 2.0
"""How far live pages may be behind before an archive waits; commits come every half a second."""
PATIENCE_SECONDS = 10.0

log = logging.getLogger(__name__)


class Courtesy:
    """Asks how far the live lane is behind, and lets the backfill lane's next message in when that is little."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free = asyncio.Event()
        self._free.set()
        self._committed: int | None = None

    @property
    def waits(self) -> bool:
        """Whether the backfill lane stands aside now."""
        return not self._free.is_set()

    async def turn(self) -> None:
        """Wait until live pages do not."""
        await self._free.wait()

    def note(self, committed: int, behind: int) -> None:
        """Take in, after a second, how many messages the live lane has done in all, and how many wait."""
        done = 0 if self._committed is None else committed - self._committed
        self._committed = committed
        if behind / max(done / EVERY_SECONDS, 1.0) > LIMIT_SECONDS:
            self._free.clear()
        else:
            self._free.set()

    async def watch(self) -> None:
        """Ask the broker every second, for ever."""
        options = {"bootstrap_servers": self._settings.broker, **for_client(self._settings)}
        admin = AIOKafkaAdminClient(**options)
        async with AIOKafkaConsumer(enable_auto_commit=False, **options) as consumer:
            await admin.start()
            try:
                while True:
                    try:
                        async with asyncio.timeout(PATIENCE_SECONDS):
                            self.note(*await self._measure(admin, consumer))
                    except (KafkaError, TimeoutError) as error:
                        log.warning("how far live pages are behind is not told: %s", type(error).__name__)
                    await asyncio.sleep(EVERY_SECONDS)
            finally:
                await admin.close()

    async def _measure(self, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer) -> tuple[int, int]:
        topics = self._settings.topics
        stages = topics.raw, topics.extracted, topics.deduplicated
        at = [TopicPartition(topic.name, number) for topic in stages for number in range(topic.partitions)]
        told = await admin.list_consumer_group_offsets(self._settings.group, partitions=at)
        starts, ends = await consumer.beginning_offsets(at), await consumer.end_offsets(at)
        done = {one: max(told[one].offset if one in told else 0, starts[one]) for one in at}
        return sum(done.values()), sum(max(0, ends[one] - done[one]) for one in at)
