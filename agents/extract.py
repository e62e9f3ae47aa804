"""Raw pages in, clean articles out; a page that cannot be read goes to the dead letters."""

from __future__ import annotations

from faust import EventT, StreamT

from copydesk.agents.carrying import work
from copydesk.agents.carrying.events import article_event
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.carrying.work import Worked
from copydesk.agents.worker import Worker
from copydesk.pipeline.deduplication.route import door
from copydesk.pipeline.extraction.gone import KIND
from copydesk.schemas.topics import Topic


def attach(worker: Worker, source: Topic) -> None:
    """Run the agent on ``source``. Its articles go to the partition of their dedupe shard."""
    to, split = worker.settings.topics.extracted, worker.settings.shards_per_language

    async def clean(event: EventT[bytes]) -> Worked:
        message = event.message
        return await worker.pool.run(work.extract, message.value, message.topic, message.partition, message.offset)

    async def route(_: EventT[bytes], worked: Worked) -> Settled:
        shard = door(worked.language, worked.id, to.partitions, split, gone=worked.kind == KIND)
        sent = article_event("extract", to.name, worked, key=worked.language, partition=shard)
        return Settled("extracted", (sent,), worked)

    @worker.agent(source)
    async def extract(stream: StreamT[bytes]) -> None:
        async with worker.delivery("extract", clean, route) as delivery:
            async for event in stream.noack().events():
                await worker.turn()
                await delivery.submit(event)
