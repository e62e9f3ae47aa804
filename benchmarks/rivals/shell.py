"""A worker whose one stage hands each raw message on as it came: Faust, the guarded consumer, the delivery; no pool."""

from __future__ import annotations

from faust import EventT, StreamT

from agents import annotate, dedupe, extract
from agents.delivery import Settled
from agents.outbox import Outgoing
from agents.settings import load
from agents.worker import Worker
from schemas.topics import Topic


def attach(worker: Worker, source: Topic) -> None:
    """Run the one agent."""
    to = worker.settings.topics.extracted.name

    async def nothing(event: EventT[bytes]) -> bytes:
        return event.message.value

    async def on(event: EventT[bytes], value: bytes) -> Settled:
        return Settled("extracted", (Outgoing(to, event.message.key, value, []),))

    @worker.agent(source)
    async def shell(stream: StreamT[bytes]) -> None:
        async with worker.delivery("extract", nothing, on) as delivery:
            async for event in stream.noack().events():
                await delivery.submit(event)


if __name__ == "__main__":
    extract.attach = attach
    annotate.attach = dedupe.attach = lambda *_: None
    Worker(load()).run()
