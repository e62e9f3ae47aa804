"""How like two articles are, and whether that makes one a copy of the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import log
from typing import Final

LEAST_SHARED: Final = 3  # shingles; fewer are chance or a phrase

# Log-odds of being a copy, fitted on made and real copies of news in nine languages (docs/deduplication.md says how,
# and what each is for). Shares are between 0 and 1.
BIAS: Final = -9.5
CONTAINMENT: Final = 0.65
CONTRADICTION: Final = 2.3
ANCHORS: Final = 10.0
NUMBERS: Final = 8.8
LEAD_IN: Final = -3.0
COVERAGE: Final = 1.9
SAME_TITLE: Final = 3.0
LEAD_IN_LIMIT: Final = 3.0
PRIOR: Final = 2.0  # so many more shingles, anchors or numbers are taken to agree as the whole text does


class Print:
    """What of an article is compared: the sample of its shingles, its anchors, its outlet and title."""

    __slots__ = ("_numbers", "_ordered", "_ranks", "anchors", "shingles", "source", "threshold", "title")

    def __init__(self, shingles: bytes, threshold: int, anchors: bytes, source: int, title: int) -> None:
        """Takes the arrays of a ``Sketch``, whole or less some lines."""
        self.shingles: list[int] = memoryview(shingles).cast("I").tolist()
        self.anchors: list[int] = memoryview(anchors).cast("H").tolist()
        self.threshold, self.source, self.title = threshold, source, title
        self._ranks: dict[int, int] | None = None
        self._ordered: list[int] | None = None

    @property
    def ranks(self) -> dict[int, int]:
        """For each shingle its place in the sample, in the order of the text."""
        if self._ranks is None:
            self._ranks = {shingle: rank for rank, shingle in enumerate(self.shingles)}
        return self._ranks

    @property
    def ordered(self) -> list[int]:
        """The shingles, ascending."""
        if self._ordered is None:
            self._ordered = sorted(self.shingles)
        return self._ordered

    def below(self, threshold: int) -> tuple[int, int]:
        """How many shingles are not above ``threshold``, and how many of them hold an anchor."""
        sample = self.ordered if threshold >= self.threshold else self.ordered[: bisect_right(self.ordered, threshold)]
        return len(sample), sum([shingle & 1 for shingle in sample])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two articles are. Shares are of the shorter text unless they say otherwise.

    ``shared``: shingles in both samples. ``containment``: share of the shingles in the other text. ``coverage``: share
    of the longer text. ``anchors``: share of numbers and names, ``numbers``: of numbers alone. ``contradiction``: log of
    how much rarer shingles with an anchor are shared than those without, 0 or less; a template is strongly negative.
    ``lead_in``: what stands before the shared part in the longer text, in lengths of the shared part. ``score``: the
    log-odds of a copy.
    """

    shared: int
    containment: float
    coverage: float
    anchors: float
    numbers: float
    contradiction: float
    lead_in: float
    same_title: bool
    score: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other."""
        return self.score > 0


def likeness(mine: Print, theirs: Print) -> Likeness | None:
    """How like the two are; None when they share next to nothing."""
    ranks = mine.ranks
    hits = [shingle for shingle in theirs.shingles if shingle in ranks]
    if len(hits) < LEAST_SHARED:
        return None
    threshold = min(mine.threshold, theirs.threshold)
    my_count, my_anchored = mine.below(threshold)
    their_count, their_anchored = theirs.below(threshold)
    mine_is_shorter = my_count <= their_count
    shorter, anchored = (my_count, my_anchored) if mine_is_shorter else (their_count, their_anchored)
    coverage = len(hits) / max(my_count, their_count)
    longer = theirs if mine_is_shorter else mine
    places = sorted([longer.ranks[shingle] for shingle in hits])
    lead_in = min(places[len(places) // 10] / len(longer.shingles) / coverage, LEAD_IN_LIMIT)
    expected = (len(hits) + 0.6) / (shorter + 2)
    anchored_hits = sum([shingle & 1 for shingle in hits])
    with_anchor = _share(anchored_hits, anchored, expected)
    without = _share(len(hits) - anchored_hits, shorter - anchored, expected)
    contradiction = min(log(with_anchor / without), 0.0)
    anchors, numbers = _anchor_shares(mine.anchors, theirs.anchors)
    same_title = mine.title == theirs.title and mine.source != theirs.source
    score = (
        BIAS
        + CONTAINMENT * expected
        + CONTRADICTION * contradiction
        + ANCHORS * _share(*anchors, expected)
        + NUMBERS * _share(*numbers, expected)
        + LEAD_IN * lead_in
        + COVERAGE * log(coverage)
        + SAME_TITLE * same_title
    )
    return Likeness(
        shared=len(hits),
        containment=len(hits) / shorter,
        coverage=coverage,
        anchors=anchors[0] / anchors[1] if anchors[1] else 1.0,
        numbers=numbers[0] / numbers[1] if numbers[1] else 1.0,
        contradiction=contradiction,
        lead_in=lead_in,
        same_title=same_title,
        score=score,
    )


def _share(agree: int, of: int, expected: float) -> float:
    """``agree`` of ``of``, drawn toward ``expected`` where there are few."""
    return (agree + PRIOR * expected) / (of + PRIOR)


def _anchor_shares(mine: list[int], theirs: list[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of anchors and of numbers: how many are in both, and how many there are where there are fewer."""
    both = set(mine).intersection(theirs)
    my_numbers, their_numbers = sum([a & 1 for a in mine]), sum([a & 1 for a in theirs])
    return (
        (len(both), min(len(mine), len(theirs))),
        (sum([a & 1 for a in both]), min(my_numbers, their_numbers)),
    )
