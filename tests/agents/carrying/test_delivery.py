"""Delivery on its own: a stand-in for the broker, real asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from pebble import ProcessExpired

from copydesk.agents.carrying.account import Account
from copydesk.agents.carrying.delivery import Delivery
from copydesk.agents.carrying.pool import PoolBroken
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.kafka.outbox import DeliveryError, Outgoing, RecordTooLarge
from copydesk.agents.settings import Settings


@dataclass
class Event:
    """As much of a Faust event as delivery touches."""

    offset: int
    value: bytes = b"page"
    generation: int = 1
    current: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(consumer_generation_id=1, handing_over=False)
    )
    acked: list[int] = field(default_factory=list)

    @property
    def app(self) -> SimpleNamespace:
        return self.current

    @property
    def message(self) -> SimpleNamespace:
        return SimpleNamespace(
            topic="in",
            partition=0,
            offset=self.offset,
            key=b"k",
            value=self.value,
            headers=[],
            generation_id=self.generation,
        )

    def ack(self) -> None:
        self.acked.append(self.offset)


class Outbox:
    """Keeps what is sent; confirms when told, or at once."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.confirm: Callable[[Sequence[Outgoing]], Awaitable[Any]] = self._at_once

    async def _at_once(self, records: Sequence[Outgoing]) -> None:
        return None

    async def send(self, records: Sequence[Outgoing]) -> asyncio.Future[Any]:
        self.sent.extend(records)
        return asyncio.ensure_future(self.confirm(records))


class Stage:
    """A delivery with its outbox and the errors that ended it."""

    def __init__(self, work: Callable[[Any], Awaitable[Any]], **settings: Any) -> None:
        self.outbox = Outbox()
        self.errors: list[BaseException] = []
        self.ended = asyncio.Event()

        async def settle(event: Any, result: Any) -> Settled:
            return Settled("done", (Outgoing("out", b"k", str(result).encode(), []),))

        async def broken(error: BaseException) -> None:
            self.errors.append(error)
            self.ended.set()

        self.delivery: Delivery[Any] = Delivery(
            "test",
            Settings(**settings),
            self.outbox,
            Account(sources=10),
            work=work,
            settle=settle,
            broken=broken,  # type: ignore[arg-type]
        )

    async def settled(self) -> None:
        while self.delivery.in_flight:
            await asyncio.sleep(0)

    async def run(self, *events: Event) -> None:
        async with self.delivery:
            for event in events:
                await self.delivery.submit(event)  # type: ignore[arg-type]
            await self.settled()


async def test_messages_are_sent_and_acked_in_order_though_work_ends_in_another() -> None:
    gates = [asyncio.Event() for _ in range(3)]
    acked: list[int] = []

    async def work(event: Event) -> int:
        if event.offset == 0:
            await gates[1].wait()
        gates[event.offset].set()
        return event.offset

    stage = Stage(work)
    await stage.run(*(Event(offset, acked=acked) for offset in range(3)))
    assert acked == [0, 1, 2]
    assert [record.value for record in stage.outbox.sent] == [b"0", b"1", b"2"]


async def test_nothing_is_acked_before_its_send_is_confirmed() -> None:
    acked: list[int] = []
    confirmed = asyncio.Event()

    async def work(event: Event) -> int:
        return event.offset

    stage = Stage(work)
    stage.outbox.confirm = lambda records: confirmed.wait()
    async with stage.delivery:
        await stage.delivery.submit(Event(0, acked=acked))  # type: ignore[arg-type]
        while not stage.outbox.sent:
            await asyncio.sleep(0)
        assert acked == []
        confirmed.set()
        await stage.settled()
    assert acked == [0]


async def test_a_message_that_fails_is_a_dead_letter_and_the_next_is_unharmed() -> None:
    acked: list[int] = []

    async def work(event: Event) -> int:
        if event.offset == 1:
            raise ValueError("no headline")
        return event.offset

    stage = Stage(work)
    await stage.run(*(Event(offset, acked=acked) for offset in range(3)))
    letter = orjson.loads(stage.outbox.sent[1].value or b"")
    assert stage.outbox.sent[1].topic == "news.deadletter"
    assert (letter["error"]["type"], letter["error"]["message"]) == ("ValueError", "no headline")
    assert (letter["topic"], letter["partition"], letter["offset"], letter["value"]) == ("in", 0, 1, "page")
    assert acked == [0, 1, 2]


async def test_a_page_that_kills_its_process_twice_is_a_dead_letter_with_two_attempts() -> None:
    async def work(event: Event) -> int:
        raise ProcessExpired("died", code=-9)

    stage = Stage(work)
    await stage.run(Event(0))
    letter = orjson.loads(stage.outbox.sent[0].value or b"")
    assert (letter["error"]["type"], letter["attempts"]) == ("ProcessDied", 2)


async def test_a_page_whose_process_was_killed_by_another_cause_is_tried_again() -> None:
    tries: list[int] = []

    async def work(event: Event) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ProcessExpired("killed", code=-9)
        return 7

    stage = Stage(work)
    await stage.run(Event(0))
    assert [record.value for record in stage.outbox.sent] == [b"7"]


async def test_a_message_of_a_lost_partition_is_neither_sent_nor_acked() -> None:
    acked: list[int] = []

    async def work(event: Event) -> int:
        return event.offset

    stage = Stage(work)
    await stage.run(Event(0, acked=acked, generation=0), Event(1, acked=acked))
    assert [record.value for record in stage.outbox.sent] == [b"1"]
    assert acked == [1]


async def test_at_a_rebalance_what_was_sent_is_acked_and_what_was_not_is_left_to_the_next_owner() -> None:
    acked: list[int] = []
    confirmed, worked = asyncio.Event(), asyncio.Event()
    app = SimpleNamespace(consumer_generation_id=1, handing_over=False)

    async def work(event: Event) -> int:
        if event.offset == 1:
            await worked.wait()
        return event.offset

    stage = Stage(work)
    stage.outbox.confirm = lambda records: confirmed.wait()
    async with stage.delivery:
        for offset in range(2):
            await stage.delivery.submit(Event(offset, acked=acked, current=app))  # type: ignore[arg-type]
        while not stage.outbox.sent:
            await asyncio.sleep(0)
        app.handing_over = True
        handing_over = asyncio.create_task(stage.delivery.hand_over())
        worked.set()
        await asyncio.sleep(0)
        assert not handing_over.done()
        confirmed.set()
        await handing_over
        assert acked == [0]
        await stage.settled()
    assert [record.value for record in stage.outbox.sent] == [b"0"]


async def test_a_pool_that_cannot_go_on_ends_the_worker_with_nothing_acked_and_no_dead_letter() -> None:
    acked: list[int] = []

    async def work(event: Event) -> int:
        raise PoolBroken("no space left on device")

    stage = Stage(work)
    async with stage.delivery:
        await stage.delivery.submit(Event(0, acked=acked))  # type: ignore[arg-type]
        await stage.ended.wait()
    assert isinstance(stage.errors[0], PoolBroken)
    assert (acked, stage.outbox.sent) == ([], [])


@pytest.mark.parametrize("where", ["handing over", "confirming"])
async def test_a_broker_that_fails_ends_the_worker_with_nothing_acked(where: str) -> None:
    acked: list[int] = []

    async def work(event: Event) -> int:
        return event.offset

    async def fail(records: Sequence[Outgoing]) -> Any:
        raise DeliveryError("no leader")

    stage = Stage(work)
    if where == "handing over":
        stage.outbox.send = fail  # type: ignore[assignment, method-assign]
    else:
        stage.outbox.confirm = fail
    async with stage.delivery:
        await stage.delivery.submit(Event(0, acked=acked))  # type: ignore[arg-type]
        await stage.ended.wait()
    assert isinstance(stage.errors[0], DeliveryError)
    assert acked == []


async def test_an_article_too_large_for_its_topic_is_a_dead_letter() -> None:
    async def work(event: Event) -> int:
        return event.offset

    async def refuse_articles(records: Sequence[Outgoing]) -> None:
        if records[0].topic == "out":
            raise RecordTooLarge("too large")

    stage = Stage(work)
    stage.outbox.confirm = refuse_articles
    await stage.run(Event(0))
    assert [record.topic for record in stage.outbox.sent] == ["out", "news.deadletter"]


async def test_a_dead_letter_too_large_is_sent_without_its_value() -> None:
    acked: list[int] = []

    async def work(event: Event) -> int:
        raise ValueError("bad")

    async def refuse_large(records: Sequence[Outgoing]) -> None:
        if b"page" in (records[0].value or b""):
            raise RecordTooLarge("too large")

    stage = Stage(work)
    stage.outbox.confirm = refuse_large
    await stage.run(Event(0, acked=acked))
    letter = orjson.loads(stage.outbox.sent[-1].value or b"")
    assert "value" not in letter
    assert (letter["error"]["type"], letter["offset"], acked) == ("ValueError", 0, [0])
