"""Keeps a metric's labels few: Prometheus pays for each for ever, and a crawl has no end of sources."""

from __future__ import annotations

OTHER = "other"
UNKNOWN = "unknown"


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
