"""The same stages in a plain aiokafka loop; run one process a core."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import CommitFailedError

from benchmarks.rivals.stages import Message, Stages
from copydesk.agents.settings import load
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, MIB

BATCH = 16


async def main() -> None:
    """Read some, work them, wait for the broker to have what came of them, commit; for ever."""
    settings = load()
    stages = Stages(settings.topics).by_topic
    consumer = AIOKafkaConsumer(
        *stages,
        bootstrap_servers=settings.broker,
        group_id="loop",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * MIB,
        session_timeout_ms=45_000,  # its stages run on its event loop
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.broker,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_batch_size=256 * 1024,
        max_request_size=MAX_MESSAGE_BYTES,
        compression_type="zstd",
    )
    async with consumer, producer:
        while True:
            sends: list[Any] = []
            for records in (await consumer.getmany(timeout_ms=100, max_records=BATCH)).values():
                for record in records:
                    for out in stages[record.topic](
                        Message(
                            record.topic,
                            record.partition,
                            record.offset,
                            record.key,
                            record.value,
                            list(record.headers),
                        )
                    ):
                        sends.append(
                            await producer.send(
                                out.topic, out.value, key=out.key, partition=out.partition, headers=out.headers
                            )
                        )
            await asyncio.gather(*sends)
            if sends:
                with contextlib.suppress(CommitFailedError):  # a rebalance: they come again
                    await consumer.commit()


if __name__ == "__main__":
    asyncio.run(main())
