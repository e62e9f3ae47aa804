from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.deduplication.clock import VOTERS, Clock


def clock_after(times: list[int | None]) -> Clock:
    clock = Clock()
    for time in times:
        clock.tick(time)
    return clock


@given(st.lists(st.none() | st.integers(0, 2**32 - 2), max_size=300))
def test_only_the_last_messages_tell_the_time(times: list[int | None]) -> None:
    assert clock_after(times).now == clock_after(times[-VOTERS:]).now


def test_minority_with_wrong_clocks_moves_it_nowhere() -> None:
    right = list(range(1000, 1060))
    assert 1000 <= clock_after(right + [2**32 - 2] * 20 + [0] * 20).now < 1060


def test_without_times_it_stands_still() -> None:
    assert clock_after([None] * 5).now == 0
