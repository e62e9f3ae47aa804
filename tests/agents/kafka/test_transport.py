"""Each loss is shown on stock Faust first, then gone with the guard."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import faust
import pytest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, Message

from copydesk.agents.kafka import transport as transport_module
from copydesk.agents.kafka.transport import Gap, GuardedTransport

AT = TP("in", 0)


class App(faust.App):  # type: ignore[misc]
    """What the guard asks of an app."""

    handing_over = False

    async def hand_over(self) -> None: ...


class Partition:
    """A consumer of one partition, driven by hand."""

    def __init__(self, transport: type[driver.Transport], committed: int | None = None) -> None:
        self.app = App("test", broker="kafka://127.0.0.1:1", autodiscover=False, web_enabled=False)
        self.app.transport = transport(self.app.conf.broker, self.app)
        self.app.consumer_generation_id = 1
        self.app.flow_control.resume()
        self.app.topics.acks_enabled_for = lambda topic: True
        self.consumer: Any = self.app.consumer
        self.consumer._committed_offset[AT] = committed
        self.consumer._read_offset[AT] = committed

    def deliver(self, offset: int) -> Message:
        record = SimpleNamespace(
            topic="in", partition=0, offset=offset, timestamp=0, timestamp_type=0, headers=[], key=None, value=b"",
            checksum=None, serialized_key_size=0, serialized_value_size=0,
        )  # fmt: skip
        message: Message = self.consumer._to_message(AT, record)
        message.tp = AT
        self.consumer._read_offset[AT] = offset
        return message

    def committable(self) -> int | None:
        offset: int | None = self.consumer._new_offset(AT)
        return offset


STOCK_LOSES = [pytest.param(driver.Transport, True, id="stock"), pytest.param(GuardedTransport, False, id="guarded")]


@pytest.mark.parametrize("transport, loses", STOCK_LOSES)
async def test_first_message_in_work_while_nothing_is_committed(transport: type[driver.Transport], loses: bool) -> None:
    partition = Partition(transport)
    partition.deliver(0)
    partition.consumer.ack(partition.deliver(1))
    assert (partition.committable() == 2) is loses


@pytest.mark.parametrize("transport, loses", STOCK_LOSES)
async def test_first_message_in_work_behind_a_commit(transport: type[driver.Transport], loses: bool) -> None:
    partition = Partition(transport, committed=5)
    partition.deliver(5)
    partition.consumer.ack(partition.deliver(6))
    assert (partition.committable() == 7) is loses


@pytest.mark.parametrize("transport, loses", STOCK_LOSES)
async def test_message_behind_a_gap_in_work(transport: type[driver.Transport], loses: bool) -> None:
    partition = Partition(transport, committed=5)
    partition.consumer.ack(partition.deliver(5))
    await partition.consumer._add_gap(AT, 6, 9)  # as Faust calls it when offsets 6 to 8 were compacted away
    partition.deliver(9)
    partition.consumer.ack(partition.deliver(10))
    assert (partition.committable() == 11) is loses


@pytest.mark.parametrize("transport, loses", STOCK_LOSES)
async def test_message_skipped_at_a_rebalance(transport: type[driver.Transport], loses: bool) -> None:
    partition = Partition(transport, committed=5)
    skipped = partition.deliver(5)
    partition.app.consumer_generation_id = 2
    partition.consumer.ack(skipped)
    assert (partition.committable() == 6) is loses


@pytest.mark.parametrize("transport, loses", STOCK_LOSES)
async def test_first_messages_of_a_partition_fetched_and_thrown_away_at_a_rebalance(
    transport: type[driver.Transport], loses: bool
) -> None:
    partition, sought = Partition(transport), list[TP]()
    partition.consumer.assignment = lambda: {AT}
    partition.consumer._thread = SimpleNamespace(
        seek_to_committed=lambda: asyncio.sleep(0, {AT: None}),  # aiokafka: nothing is committed, nothing is sought
        seek_to_beginning=lambda *partitions: asyncio.sleep(0, sought.extend(partitions)),
    )
    await partition.consumer.perform_seek()
    assert (sought == []) is loses


async def test_what_is_done_is_committed_as_far_as_it_is_contiguous() -> None:
    partition = Partition(GuardedTransport, committed=5)
    messages = [partition.deliver(offset) for offset in range(5, 9)]
    for message in (messages[0], messages[1], messages[3]):
        partition.consumer.ack(message)
    assert partition.committable() == 7


@pytest.mark.parametrize("transport, forgets", STOCK_LOSES)
async def test_what_is_acked_is_committed_before_its_partition_is_given_away(
    transport: type[driver.Transport], forgets: bool
) -> None:
    partition, committed = Partition(transport, committed=5), dict[TP, int]()
    partition.consumer._on_partitions_revoked = lambda revoked: asyncio.sleep(0)
    partition.consumer.assignment = lambda: {AT}
    partition.consumer._commit = lambda offsets: asyncio.sleep(0, committed.update(offsets))
    partition.app.producer.flush = lambda: asyncio.sleep(0)
    partition.consumer.ack(partition.deliver(5))
    await partition.consumer.on_partitions_revoked({AT})
    assert (committed == {}) is forgets


async def test_a_partition_that_was_emptied_is_passed_over_and_told_once() -> None:
    partition, committed = Partition(GuardedTransport, committed=5), dict[TP, int]()
    partition.consumer.assignment = lambda: {AT}
    partition.consumer._commit = lambda offsets: asyncio.sleep(0, committed.update(offsets))
    partition.app.producer.flush = lambda: asyncio.sleep(0)
    for _ in range(2):
        await partition.consumer.pass_over(AT, 20)
    partition.deliver(20)
    assert (committed, partition.consumer.passed, partition.consumer._gaps) == ({AT: 20}, [Gap(AT, 5, 20)], [])


async def test_messages_that_are_not_there_are_told_once_by_whoever_commits_past_them() -> None:
    partition = Partition(GuardedTransport, committed=5)
    first = partition.deliver(20)  # 5 to 19 were deleted
    partition.deliver(21)
    partition.consumer.pass_gaps()
    assert partition.consumer.passed == []
    partition.consumer.ack(first)
    partition.consumer._committed_offset[AT] = 21
    partition.consumer.pass_gaps()
    partition.consumer.pass_gaps()
    assert partition.consumer.passed == [Gap(AT, 5, 20)]


async def test_a_commit_that_hangs_does_not_hold_up_a_rebalance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "COMMIT_SECONDS", 0.01)
    partition = Partition(GuardedTransport, committed=5)
    partition.consumer.assignment = lambda: {AT}
    partition.consumer._commit = lambda offsets: asyncio.Event().wait()
    partition.app.producer.flush = lambda: asyncio.sleep(0)
    partition.consumer.ack(partition.deliver(5))
    hanging = asyncio.create_task(partition.consumer.commit())
    await asyncio.sleep(0)
    await asyncio.wait_for(partition.consumer.commit_acked(), timeout=60)
    hanging.cancel()


async def test_a_partition_taken_away_holds_nothing_back_when_it_returns() -> None:
    partition = Partition(GuardedTransport, committed=5)
    partition.deliver(5)
    partition.consumer._on_partitions_revoked = lambda revoked: asyncio.sleep(0)
    await partition.consumer.on_partitions_revoked({AT})
    partition.consumer._committed_offset[AT] = 6  # its other owner's work
    partition.consumer._read_offset[AT] = 6
    partition.consumer.ack(partition.deliver(6))
    assert partition.committable() == 7
