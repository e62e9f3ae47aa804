"""How like two articles are, and whether that makes one a copy of the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import log
from operator import mul
from typing import Final

LEAST_SHARED: Final = 3  # shingles; fewer are chance or a phrase

# Log-odds of being a copy, fitted on made and real copies of news in nine languages (docs/deduplication.md says how,
# and what each is for). Shares are between 0 and 1.
BIAS: Final = -13.0
WEIGHTS: Final = (
    1.0,  # containment
    2.3,  # contradiction
    20.0,  # anchors
    13.7,  # anchors that an unbroken shared block leaves out: what was cut or put around it is no disagreement
    9.5,  # numbers
    -4.9,  # density, without which the line above would reward any block
    -2.3,  # lead-in
    4.5,  # log of coverage
    4.0,  # same title in another outlet
)
COVERAGE_LIMIT: Final = 0.4
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
    density: float
    same_title: bool
    evidence: tuple[float, ...]
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
    longer, shorter_print = (theirs, mine) if mine_is_shorter else (mine, theirs)
    places = sorted([longer.ranks[shingle] for shingle in hits])
    lead_in = min(places[len(places) // 10] / len(longer.shingles) / coverage, LEAD_IN_LIMIT)
    others = sorted([shorter_print.ranks[shingle] for shingle in hits])
    density = min(_density(places, longer, threshold), _density(others, shorter_print, threshold))
    expected = (len(hits) + 0.6) / (shorter + 2)
    anchored_hits = sum([shingle & 1 for shingle in hits])
    with_anchor = _share(anchored_hits, anchored, expected)
    without = _share(len(hits) - anchored_hits, shorter - anchored, expected)
    contradiction = min(log(with_anchor / without), 0.0)
    anchors, numbers = _anchor_shares(mine.anchors, theirs.anchors)
    same_title = mine.title == theirs.title and mine.source != theirs.source
    anchors_agree = _share(*anchors, expected)
    evidence = (
        expected,
        contradiction,
        anchors_agree,
        density * (1 - anchors_agree),
        _share(*numbers, expected),
        density,
        lead_in,
        log(min(coverage, COVERAGE_LIMIT)),
        float(same_title),
    )
    score = BIAS + sum(map(mul, WEIGHTS, evidence))
    return Likeness(
        shared=len(hits),
        containment=len(hits) / shorter,
        coverage=coverage,
        anchors=anchors[0] / anchors[1] if anchors[1] else 1.0,
        numbers=numbers[0] / numbers[1] if numbers[1] else 1.0,
        contradiction=contradiction,
        lead_in=lead_in,
        density=density,
        same_title=same_title,
        evidence=evidence,
        score=score,
    )


def _density(places: list[int], text: Print, threshold: int) -> float:
    """The share of shingles that are shared where most of the shared ones stand, between the first and the last tenth."""
    tenth = len(places) // 10
    first, last = places[tenth], places[-1 - tenth]
    span = (last - first + 1) * text.below(threshold)[0] / len(text.shingles)
    return min((len(places) - 2 * tenth) / span, 1.0)


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
