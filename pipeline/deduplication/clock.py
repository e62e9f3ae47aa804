"""A shard's own clock: the time the messages say, never the machine's."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from typing import Final

VOTERS: Final = 101
"""Messages whose median is the time."""


class Clock:
    """The median fetch time of the last messages that went by.

    A median, because one crawler with a wrong clock must not make a shard forget everything; of fetch times, because
    a page may claim any publication time, an archive above all. It depends on the log alone: a replay reads the same.
    """

    def __init__(self) -> None:
        self._last: deque[int | None] = deque()
        self._sorted: list[int] = []

    def tick(self, fetched: int | None) -> None:
        """Takes note of a message fetched then, in seconds since 1970; one without a time has no vote."""
        self._last.append(fetched)
        if fetched is not None:
            insort(self._sorted, fetched)
        if len(self._last) > VOTERS and (gone := self._last.popleft()) is not None:
            del self._sorted[bisect_left(self._sorted, gone)]

    @property
    def now(self) -> int:
        """Seconds since 1970; 0 when none of the last messages had a time."""
        return self._sorted[(len(self._sorted) - 1) // 2] if self._sorted else 0
