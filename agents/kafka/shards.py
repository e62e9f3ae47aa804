"""The dedupe shards this worker owns, each rebuilt from its partition of the state topic when it is taken over."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from copydesk.agents.kafka.outbox import DeliveryError
from copydesk.agents.kafka.security import for_client
from copydesk.agents.settings import Settings
from copydesk.pipeline.deduplication import Shard
from copydesk.schemas.topics import MIB

log = logging.getLogger(__name__)


class Shards:
    """Shards by partition of ``news.extracted``.

    A shard is kept for as long as its partition is given to this worker in one generation of the consumer group after
    the other. Where one was missed it is read anew: another worker may have decided in between. The state topic has one
    partition for each of ``news.extracted``, of the same number.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shards: dict[int, tuple[int, Shard]] = {}

    async def of(self, partition: int, generation: int) -> Shard:
        """The shard of ``partition`` as every decision confirmed before ``generation`` left it.

        Raises:
            DeliveryError: the broker did not give its state in time.
        """
        known = self._shards.get(partition)
        if known is not None and known[0] == generation:
            return known[1]
        began = time.monotonic()
        patiently = AsyncRetrying(
            retry=retry_if_exception_type(KafkaError),
            stop=stop_after_delay(self._settings.broker_patience),
            wait=wait_random_exponential(max=5),
            reraise=True,
        )
        try:
            read: tuple[Shard, int] = await patiently(self._read, partition)
        except KafkaError as error:
            raise DeliveryError(f"the state of shard {partition} cannot be read: {error}") from error
        shard, records = read
        log.info(
            "dedupe shard: %d records read in %.1f s", records, time.monotonic() - began,
            extra={"topic": self._settings.topics.dedupe_state.name, "partition": partition},
        )  # fmt: skip
        self._shards[partition] = generation, shard
        return shard

    def keep(self, partitions: set[int], generation: int) -> None:
        """``partitions`` are this worker's in ``generation``; shards of others, and outdated ones, are forgotten."""
        for partition, (known, shard) in list(self._shards.items()):
            if partition in partitions and known in (generation - 1, generation):
                self._shards[partition] = generation, shard
            else:
                del self._shards[partition]

    async def _read(self, partition: int) -> tuple[Shard, int]:
        """The shard of ``partition`` by what the broker holds of it, and of how many records that was."""
        shard, records = Shard(window=self._settings.window, max_articles=self._settings.window_articles), 0
        async for key, value in self._state(partition):
            shard.apply(key, value)
            records += 1
        return shard, records

    async def _state(self, partition: int) -> AsyncIterator[tuple[bytes, bytes | None]]:
        """The state topic's records for ``partition``, oldest first, up to where it ends now."""
        at = TopicPartition(self._settings.topics.dedupe_state.name, partition)
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.broker,
            **for_client(self._settings),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=4 * MIB,
            fetch_max_wait_ms=50,
        )
        await consumer.start()
        try:
            consumer.assign([at])
            await consumer.seek_to_beginning(at)
            end = (await consumer.end_offsets([at]))[at]
            while await consumer.position(at) < end:
                for records in (await consumer.getmany(at, timeout_ms=1000)).values():
                    for record in records:
                        yield record.key, record.value
        finally:
            await consumer.stop()
