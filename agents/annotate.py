"""New articles in, enriched articles out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faust import EventT, StreamT

from agents import work
from agents.delivery import Settled
from agents.events import article_event
from agents.work import Worked
from schemas.topics import Topic

if TYPE_CHECKING:
    from agents.worker import Worker


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
