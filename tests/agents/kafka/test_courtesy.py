from __future__ import annotations

import asyncio

import pytest

from copydesk.agents.kafka.courtesy import Courtesy
from copydesk.agents.settings import Settings


@pytest.fixture
def courtesy() -> Courtesy:
    return Courtesy(Settings())


@pytest.mark.parametrize(
    ("done", "behind", "waits"),
    [(0, 0, False), (8, 5, False), (500, 300, False), (8, 40, True), (500, 2_000, True), (0, 5, True)],
)
async def test_an_archive_waits_while_live_pages_are_seconds_behind(
    courtesy: Courtesy, done: int, behind: int, waits: bool
) -> None:
    courtesy.note(1_000, 0)
    courtesy.note(1_000 + done, behind)
    assert courtesy.waits == waits


async def test_its_turn_comes_when_live_pages_have_caught_up(courtesy: Courtesy) -> None:
    courtesy.note(0, 100)
    turn = asyncio.create_task(courtesy.turn())
    await asyncio.sleep(0)
    assert not turn.done()
    courtesy.note(100, 0)
    await turn
