"""A worker whose one stage hands each raw message on as it came: Faust, the guarded consumer, the delivery; no pool."""

from __future__ import annotations

from faust import EventT, StreamT

from copydesk.agents.carrying.settled import Settled
from copydesk.agents.kafka.outbox import Outgoing
from copydesk.agents.settings import load
from copydesk.agents.worker import Worker
from copydesk.schemas.topics import Topic


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
    worker = Worker(load())
    attach(worker, worker.settings.topics.raw)
    worker.run()
