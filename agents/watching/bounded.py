"""Keeps a metric's labels few: Prometheus pays for each for ever, and a crawl has no end of sources."""

from __future__ import annotations

from collections import Counter

OTHER = "other"
UNKNOWN = "unknown"

OFTEN = 10  # articles before a source can be called frequent
REMEMBERED = 20  # candidates counted for each name there is to give


class Bounded:
    """Names the first ``limit`` values it meets by themselves, every later one ``other``."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: set[str] = set()

    def name(self, value: str | None) -> str:
        """The label for ``value``."""
        if not value:
            return UNKNOWN
        if value not in self._known:
            if len(self._known) >= self._limit:
                return OTHER
            self._known.add(value)
        return value


class Frequent:
    """Names up to ``limit`` values: half of them the first it meets, half of them those it meets most.

    A later value gets a name when it is one in ``2 * limit`` of all. A name once given is kept: a counter that goes
    away would look like a source that fell silent.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: set[str] = set()
        self._candidates: Counter[str] = Counter()
        self._met = 0

    def name(self, value: str | None) -> str:
        """The label for ``value``, met once more."""
        self._met += 1
        if not value:
            return UNKNOWN
        if value not in self._known and len(self._known) < self._limit:
            self._consider(value)
        return value if value in self._known else OTHER

    def _consider(self, value: str) -> None:
        self._candidates[value] += 1
        met = self._candidates[value]
        if len(self._known) < (self._limit + 1) // 2 or (met >= OFTEN and met * 2 * self._limit >= self._met):
            self._known.add(value)
            del self._candidates[value]
        elif len(self._candidates) > REMEMBERED * self._limit:
            self._candidates = Counter(dict(self._candidates.most_common(REMEMBERED * self._limit // 2)))
