"""How Faust's own loops lose messages, and that the loop of our agents does not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import faust
import pytest
from faust.events import Event
from faust.transport.producer import ProducerBuffer

from copydesk.agents.carrying.account import Account
from copydesk.agents.carrying.delivery import Delivery
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.kafka.transport import GuardedTransport
from copydesk.agents.settings import Settings
from tests.agents.kafka.test_transport import Partition

Loop = Callable[[Any], Awaitable[None]]
PAGES = 4
BAD = 1
"""The offset of the message that cannot be worked."""


def work(value: bytes) -> None:
    if value == b"bad":
        raise ValueError("cannot be worked")


async def plain(stream: Any) -> None:
    async for value in stream:
        work(value)


async def take(stream: Any) -> None:
    async for values in stream.take(PAGES, within=10):
        for value in values:
            work(value)


async def delivered(stream: Any) -> None:
    """The loop of our agents, with an outbox that confirms at once."""

    async def attempt(event: Any) -> None:
        work(event.value)

    async def settle(event: Any, _: None) -> Settled:
        return Settled("done", ())

    async def send(records: Any) -> asyncio.Future[Any]:
        sent.extend(records)
        return asyncio.ensure_future(asyncio.sleep(0))

    async def fail(error: BaseException) -> None:
        pytest.fail(str(error))

    sent: list[Any] = []
    outbox: Any = SimpleNamespace(send=send)
    async with Delivery("test", Settings(), outbox, Account(1), work=attempt, settle=settle, broken=fail) as delivery:
        taken = 0
        async for event in stream.noack().events():
            await delivery.submit(event)
            taken += 1
            if taken == PAGES:
                break
        while delivery.in_flight:
            await asyncio.sleep(0)
    assert [record.topic for record in sent] == ["news.deadletter"]


async def committable(loop: Loop) -> int | None:
    """How far a partition of four messages could be committed after ``loop``, of which the second cannot be worked."""
    partition = Partition(GuardedTransport)
    channel = partition.app.channel()
    stream = channel.stream()
    looping = asyncio.create_task(loop(stream))
    while not channel.subscriber_count:
        await asyncio.sleep(0)
    for offset in range(PAGES):
        message = partition.deliver(offset)
        message.incref()
        await channel.put(Event(partition.app, b"k", b"bad" if offset == BAD else b"good", {}, message))
    with contextlib.suppress(ValueError):
        await asyncio.wait_for(looping, timeout=60)
    await stream.stop()
    return partition.committable()


@pytest.mark.parametrize(
    "loop, committed",
    [
        pytest.param(plain, BAD + 1, id="a plain loop loses the message that raised"),
        pytest.param(take, PAGES, id="take loses the message that raised, and all behind it"),
    ],
)
async def test_what_raises_in_a_loop_of_faust_is_acked(loop: Loop, committed: int) -> None:
    assert await committable(loop) == committed


async def test_what_raises_in_our_loop_is_a_dead_letter_before_it_is_acked() -> None:
    assert await committable(delivered) == PAGES


async def test_what_faust_has_buffered_is_gone_when_it_stops() -> None:
    """And a commit has not waited for it: ``flush`` gives up after a tenth of a second, saying nothing."""
    published, free = list[int](), asyncio.Event()

    async def publish(message: Any, wait: bool) -> None:
        await free.wait()  # a broker that is slow
        published.append(message.message.number)

    buffer = ProducerBuffer()
    buffer.app = faust.App("test", broker="kafka://127.0.0.1:1", autodiscover=False, web_enabled=False)
    await buffer.start()
    for number in range(3):
        channel = SimpleNamespace(publish_message=publish)
        buffer.put(SimpleNamespace(message=SimpleNamespace(number=number, channel=channel)))
    await buffer.flush()
    assert published == []
    with pytest.raises(RuntimeError, match="Cannot flush"):
        await buffer.stop()
    free.set()
    assert published == []
