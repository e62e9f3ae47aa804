"""How like two articles are, and whether that makes one a copy of the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, count
from math import log
from operator import mul
from typing import Final

LEAST_SHARED: Final = 3  # shingles; fewer are chance or a phrase
LEAST_CONTAINMENT: Final = 0.12  # of the smaller sample: below it no score has been seen that makes a copy
LEAST_ANCHORS: Final = 0.3  # of the fewer, less one; likewise

# Log-odds of being a copy, fitted on made and real copies of news in nine languages (docs/deduplication.md says how,
# and what each is for). Shares are between 0 and 1.
BIAS: Final = -13.8
WEIGHTS: Final = (
    4.5,  # containment
    2.0,  # contradiction
    20.0,  # anchors
    14.5,  # anchors that an unbroken shared block leaves out: what was cut or put around it is no disagreement
    6.0,  # numbers
    -4.9,  # density, without which the line above would reward any block
    -2.8,  # lead-in
    3.3,  # log of coverage
    4.0,  # same title in another outlet
)
COVERAGE_LIMIT: Final = 0.4
LEAD_IN_LIMIT: Final = 3.0
PRIOR: Final = 2.0  # so many more shingles, anchors or numbers are taken to agree as the whole text does


class Print:
    """What of an article is compared: the sample of its shingles, its anchors, its outlet and title."""

    __slots__ = ("_sets", "anchors", "shingles", "source", "threshold", "title")

    def __init__(self, shingles: bytes, threshold: int, anchors: bytes, source: int, title: int) -> None:
        """Takes the arrays of a ``Sketch``, whole or less some lines."""
        self.shingles: list[int] = memoryview(shingles).cast("I").tolist()
        self.anchors: list[int] = memoryview(anchors).cast("H").tolist()
        self.threshold, self.source, self.title = threshold, source, title
        self._sets: tuple[frozenset[int], frozenset[int]] | None = None

    def below(self, threshold: int) -> list[int]:
        """The shingles that a sample with that ``threshold`` would hold too."""
        if threshold >= self.threshold:
            return self.shingles
        return [shingle for shingle in self.shingles if shingle <= threshold]

    @property
    def sets(self) -> tuple[frozenset[int], frozenset[int]]:
        """The shingles and the anchors as sets, made once: for the one that is compared with many."""
        if self._sets is None:
            self._sets = frozenset(self.shingles), frozenset(self.anchors)
        return self._sets


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two articles are. Shares are of the shorter text unless they say otherwise.

    ``shared``: shingles in both samples. ``containment``: share of the shingles that the other text has too.
    ``coverage``: the same share of the longer text. ``anchors``: share of numbers and names that the other has;
    ``numbers``: of numbers alone. ``contradiction``: log of how much rarer shingles with an anchor are shared than
    those without, 0 or less: strongly negative between reports from one template. ``lead_in``: what stands before the
    shared part in the longer text, in lengths of the shared part. ``density``: how unbroken the shared part is, in the
    text where it is more broken. ``evidence``: what WEIGHTS weigh, in their order. ``score``: log-odds of a copy.
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
    """How like the two are; None when they share next to nothing. Fastest when ``mine`` is compared with many."""
    my_shingles, my_anchors = mine.sets
    both = my_shingles.intersection(theirs.shingles)
    if len(both) < max(LEAST_SHARED, LEAST_CONTAINMENT * min(len(mine.shingles), len(theirs.shingles))):
        return None
    anchors = my_anchors.intersection(theirs.anchors)
    if len(anchors) + 1 < LEAST_ANCHORS * min(len(mine.anchors), len(theirs.anchors)):
        return None
    return _weigh(mine, theirs, both, anchors)


def places_of(shingles: frozenset[int], text: list[int]) -> list[int]:
    """Where in ``text`` some of its ``shingles`` stand."""
    return list(compress(count(), map(shingles.__contains__, text)))


def _weigh(mine: Print, theirs: Print, both: frozenset[int], anchors: frozenset[int]) -> Likeness:
    threshold = min(mine.threshold, theirs.threshold)
    shorter_text, longer_text = sorted((mine.below(threshold), theirs.below(threshold)), key=len)
    shared, shorter = len(both), len(shorter_text)
    coverage = shared / len(longer_text)
    places, others = places_of(both, longer_text), places_of(both, shorter_text)
    lead_in = min(places[shared // 10] / shared, LEAD_IN_LIMIT)
    density = min(_density(places), _density(others))
    anchored, anchored_hits = _odd(shorter_text), _odd(both)
    expected = (shared + 0.6) / (shorter + 2)
    with_anchor = _share(anchored_hits, anchored, expected)
    without = _share(shared - anchored_hits, shorter - anchored, expected)
    contradiction = min(log(with_anchor / without), 0.0)
    fewer_anchors = min(len(mine.anchors), len(theirs.anchors))
    numbers, fewer_numbers = _odd(anchors), min(_odd(mine.anchors), _odd(theirs.anchors))
    same_title = mine.title == theirs.title and mine.source != theirs.source
    anchors_agree = _share(len(anchors), fewer_anchors, expected)
    evidence = (
        expected,
        contradiction,
        anchors_agree,
        density * (1 - anchors_agree),
        _share(numbers, fewer_numbers, expected),
        density,
        lead_in,
        log(min(coverage, COVERAGE_LIMIT)),
        float(same_title),
    )
    return Likeness(
        shared=shared,
        containment=shared / shorter,
        coverage=coverage,
        anchors=len(anchors) / fewer_anchors if fewer_anchors else 1.0,
        numbers=numbers / fewer_numbers if fewer_numbers else 1.0,
        contradiction=contradiction,
        lead_in=lead_in,
        density=density,
        same_title=same_title,
        evidence=evidence,
        score=BIAS + sum(map(mul, WEIGHTS, evidence)),
    )


def _odd(values: Iterable[int]) -> int:
    """How many have the lowest bit set: shingles with an anchor, or anchors that are numbers."""
    return sum([value & 1 for value in values])


def _density(places: list[int]) -> float:
    """How many of the shingles that stand between the first and the last tenth of the shared ones are shared."""
    tenth = len(places) // 10
    return (len(places) - 2 * tenth) / (places[-1 - tenth] - places[tenth] + 1)


def _share(agree: int, of: int, expected: float) -> float:
    """``agree`` of ``of``, drawn toward ``expected`` where there are few."""
    return (agree + PRIOR * expected) / (of + PRIOR)
