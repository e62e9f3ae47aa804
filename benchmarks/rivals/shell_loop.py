"""A plain aiokafka loop that hands each raw message on as it came."""

from __future__ import annotations

import asyncio

from aiokafka import AIOKafkaConsumer

from copydesk.agents.kafka.outbox import Outbox
from copydesk.agents.settings import load
from copydesk.schemas.topics import MIB


async def main() -> None:
    """Read many, send them, wait for the broker to have them, commit; for ever."""
    settings = load()
    consumer = AIOKafkaConsumer(
        settings.topics.raw.name,
        bootstrap_servers=settings.broker,
        group_id="loop",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * MIB,
    )
    producer = await Outbox(settings).start()
    async with consumer:
        while True:
            polled = await consumer.getmany(timeout_ms=100, max_records=500)
            records = [record for found in polled.values() for record in found]
            sends = [await producer.send(settings.topics.extracted.name, r.value, key=r.key) for r in records]
            await asyncio.gather(*sends)
            if sends:
                await consumer.commit()


if __name__ == "__main__":
    asyncio.run(main())
