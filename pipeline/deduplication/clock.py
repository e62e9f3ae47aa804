"""A shard's own clock: the time the messages say, never the machine's."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from typing import Final

VOTERS: Final = 101


class Clock:
    """The median of the last fetch times that went by.

    A median, because one crawler with a wrong clock must not make a shard forget everything; of fetch times, because
    a page may claim any publication time, an archive above all. It depends on the log alone: a replay reads the same.
    """

    def __init__(self) -> None:
        self._last: deque[int] = deque()
        self._sorted: list[int] = []

    def tick(self, fetched: int | None) -> None:
        """Takes note of a message fetched then, in seconds since 1970; one without a time has no vote."""
        if fetched is None:
            return
        self._last.append(fetched)
        insort(self._sorted, fetched)
        if len(self._last) > VOTERS:
            del self._sorted[bisect_left(self._sorted, self._last.popleft())]

    @property
    def now(self) -> int:
        """Seconds since 1970; 0 before any message had a time."""
        return self._sorted[(len(self._sorted) - 1) // 2] if self._sorted else 0
