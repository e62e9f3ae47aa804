import asyncio

from copydesk.agents.carrying.budget import Budget


async def test_takes_as_many_messages_as_it_may() -> None:
    budget = Budget(messages=2, size=1_000)
    await budget.take(1)
    await budget.take(1)
    third = asyncio.create_task(budget.take(1))
    await asyncio.sleep(0)
    assert not third.done()
    budget.give(1)
    await third
    assert budget.count == 2


async def test_takes_as_many_bytes_as_it_may() -> None:
    budget = Budget(messages=10, size=100)
    await budget.take(60)
    second = asyncio.create_task(budget.take(60))
    await asyncio.sleep(0)
    assert not second.done()
    budget.give(60)
    await second
    assert budget.size == 60


async def test_lets_one_message_in_however_large() -> None:
    budget = Budget(messages=10, size=100)
    await budget.take(10_000)
    assert budget.size == 10_000
