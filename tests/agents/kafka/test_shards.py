from __future__ import annotations

from collections.abc import AsyncIterator
from math import inf

import pytest
from aiokafka.errors import KafkaConnectionError
from faust.assignor.client_assignment import CopartitionedAssignment
from faust.assignor.copartitioned_assignor import CopartitionedAssignor

from copydesk.agents.kafka.outbox import DeliveryError
from copydesk.agents.kafka.shards import Shards
from copydesk.agents.settings import Settings


class Counting(Shards):
    """Shards whose state topic is empty; ``reads`` are the partitions that were read."""

    def __init__(self) -> None:
        super().__init__(Settings())
        self.reads: list[int] = []

    async def _state(self, partition: int) -> AsyncIterator[tuple[bytes, bytes | None]]:
        self.reads.append(partition)
        for record in ():
            yield record


@pytest.fixture
def shards() -> Counting:
    return Counting()


async def test_a_shard_is_kept_while_its_partition_stays(shards: Counting) -> None:
    first = await shards.of(0, 5)
    for generation in (6, 7):
        shards.keep({0, 1}, generation)
        assert await shards.of(0, generation) is first
    assert shards.reads == [0]


async def test_a_shard_is_read_again_when_its_partition_was_another_workers(shards: Counting) -> None:
    first = await shards.of(0, 5)
    shards.keep({1}, 6)
    shards.keep({0, 1}, 7)
    assert await shards.of(0, 7) is not first
    assert shards.reads == [0, 0]


async def test_a_shard_is_read_again_by_a_worker_that_was_out_of_the_group_for_a_generation(shards: Counting) -> None:
    await shards.of(0, 5)
    shards.keep({0}, 7)
    await shards.of(0, 7)
    assert shards.reads == [0, 0]


class Interrupted(Shards):
    """Shards whose state can be read after the broker was away ``times`` times."""

    def __init__(self, times: float, settings: Settings) -> None:
        super().__init__(settings)
        self.left = times

    async def _state(self, partition: int) -> AsyncIterator[tuple[bytes, bytes | None]]:
        if self.left:
            self.left -= 1
            raise KafkaConnectionError("no broker")
        for record in ():
            yield record


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_wait(_: float) -> None:
        pass

    monkeypatch.setattr("asyncio.sleep", no_wait)


@pytest.mark.usefixtures("at_once")
async def test_a_shard_is_read_when_the_broker_is_back() -> None:
    shards = Interrupted(2, Settings())
    assert len(await shards.of(0, 5)) == 0
    assert shards.left == 0


async def test_a_broker_that_stays_away_fails_the_delivery_and_not_the_article() -> None:
    with pytest.raises(DeliveryError, match="state of shard 3"):
        await Interrupted(inf, Settings.model_construct(broker_patience=0)).of(3, 5)


def assigned(owners: dict[str, set[int]], partitions: int) -> dict[str, set[int]]:
    """Faust's assignment of a topic to ``owners``, who have those partitions already."""
    before = {name: CopartitionedAssignment(set(had), set(), {"t"}) for name, had in owners.items()}
    after = CopartitionedAssignor(["t"], before, partitions, replicas=0).get_assignment()
    return {name: set(given.actives) for name, given in after.items()}


def test_what_a_worker_leaves_goes_to_the_others_who_keep_what_they_have() -> None:
    after = assigned({"a": {0, 1, 2}, "b": {3, 4, 5}}, 8)  # c had 6 and 7
    assert after["a"] > {0, 1, 2}
    assert after["b"] > {3, 4, 5}


def test_a_worker_that_comes_takes_no_more_than_its_share() -> None:
    before = {"a": {0, 1, 2, 3}, "b": {4, 5, 6, 7}, "c": set[int]()}
    after = assigned(before, 8)
    assert len(after["c"]) in (2, 3)
    moved = sum(len(after[name] - had) for name, had in before.items())
    assert moved <= len(after["c"]) + 2  # to even out, Faust may hand one more to each of the others
