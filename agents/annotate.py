"""New articles in, enriched articles out."""

from __future__ import annotations

from faust import EventT, StreamT

from copydesk.agents.carrying import work
from copydesk.agents.carrying.events import article_event
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.carrying.work import Worked
from copydesk.agents.worker import Worker
from copydesk.schemas.topics import Topic


def attach(worker: Worker, source: Topic) -> None:
    """Run the agent on ``source``, the deduplicated articles of a lane."""
    topics = worker.settings.topics

    async def enrich(event: EventT[bytes]) -> Worked:
        settings = worker.settings
        return await worker.pool.run(work.annotate, event.message.value, settings.model, settings.annotate_characters)

    async def route(_: EventT[bytes], worked: Worked) -> Settled:
        return Settled("enriched", (article_event("annotate", topics.enriched.name, worked),), worked, last=True)

    @worker.agent(source)
    async def annotate(stream: StreamT[bytes]) -> None:
        async with worker.delivery("annotate", enrich, route) as delivery:
            async for event in stream.noack().events():
                await worker.turn()
                await delivery.submit(event)
