from __future__ import annotations

import pytest
from faust.types import TP

from copydesk.agents.watching.lag import Standstill

RAW = TP("news.raw", 0)


@pytest.mark.parametrize(
    ("seen", "since"),
    [
        ([(5, 2, 100.0), (5, 3, 105.0), (5, 9, 110.0)], 100.0),
        ([(5, 2, 100.0), (7, 1, 105.0), (9, 4, 110.0)], 110.0),
        ([(5, 2, 100.0), (7, 0, 105.0), (7, 3, 110.0)], 105.0),
    ],
    ids=["stands still", "moves on, though never empty", "was empty and stands still since"],
)
def test_messages_wait_since_their_partition_last_moved_on(seen: list[tuple[int, int, float]], since: float) -> None:
    standstill = Standstill()
    assert [standstill.since(RAW, committed, messages, now) for committed, messages, now in seen][-1] == since
