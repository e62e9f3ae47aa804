"""What extractors are worth on a set of pages, a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

BODY = {"F1": "body_f1", "precision": "body_precision", "recall": "body_recall", "exact": "body_exact"}
FIELDS = {  # by the column: the score, and the field that is scored
    "title": ("title", "title"),
    "title_own": ("title_own", "title"),
    "day": ("date_day", "published_at"),
    "minute": ("date_minute", "published_at"),
    "authors": ("authors_f1", "authors"),
}
SPEED = ("pages/s", "p99 ms", "worst ms", "no article")


@dataclass
class Reader:
    """One extractor on one set.

    ``told`` are the fields that it gave on any page, ``seconds`` is processor time, one entry a page.
    """

    name: str
    score: Mapping[str, float | None]
    told: frozenset[str]
    seconds: list[float] = field(repr=False)
    failed: int

    @classmethod
    def of(
        cls,
        name: str,
        pages: Sequence[dict[str, Any]],
        found: Mapping[str, dict[str, Any]],
        score: Callable[..., dict[str, float | None]],
    ) -> Self:
        """What was ``found`` by page, scored; a page on which the extractor failed counts as empty."""
        own = [found[page["id"]] for page in pages]
        right = score(pages, {row["id"]: row for row in own if "error" not in row})
        told = frozenset(key for row in own for key, value in row.items() if value)
        return cls(name, right, told, [row["seconds"] for row in own], sum("error" in row for row in own))

    @property
    def rate(self) -> float:
        """Pages a second of one core."""
        return len(self.seconds) / sum(self.seconds)

    def slowest(self, share: float) -> float:
        """Milliseconds that ``share`` of the pages stay within."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1000

    def cells(self) -> list[str]:
        """As the table shows it; a dash for what gold does not know or the extractor never tells."""
        bodies = self.score["body_exact"] is not None
        scores = [self.score[key] if bodies else None for key in BODY.values()]
        scores += [self.score[key] if told in self.told else None for key, told in FIELDS.values()]
        shown = ["–" if value is None else f"{value:.3f}".removeprefix("0") for value in scores]
        speed = [f"{self.rate:.0f}", f"{self.slowest(0.99):.0f}", f"{self.slowest(1):.0f}", str(self.failed)]
        return [self.name, *shown, *speed]


def table(readers: Sequence[Reader]) -> str:
    """``readers`` in Markdown: the first stays on top, the others by their bodies, then by their titles."""
    ours, *peers = readers
    peers.sort(key=lambda reader: [-(reader.score[key] or 0) for key in ("body_f1", "title_own", "title")])
    heads = ["extractor", *BODY, *FIELDS, *SPEED]
    lines = [heads, ["---"] * len(heads), *(reader.cells() for reader in (ours, *peers))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
