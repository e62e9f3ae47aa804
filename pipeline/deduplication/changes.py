"""What one text changed against another that it is a copy or a later version of, as far as samples of both tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, get_args

from copydesk.pipeline.deduplication.likeness import Print, places_of
from copydesk.schemas.article import Change, Revision

CHANGES: Final[tuple[Change, ...]] = get_args(Change)
LEAST: Final = 0.08  # of a text: what is less is a dateline or a sentence
LEAST_SHINGLES: Final = 3
STRAY: Final = 20  # one in so many of the shared shingles may be a phrase that stands elsewhere by chance


def changes(copy: Print, original: Print) -> tuple[Change, ...]:
    """What ``copy`` changed: its headline, what stands before or after the shared part in either, its figures.

    Figures are told only of a copy that added nothing else: the numbers of a new lead are no correction. All are told
    from a sample, so that a change of a sentence within the shared part goes unseen.
    """
    found: set[Change] = set()
    if copy.title != original.title:
        found.add("headline")
    threshold = min(copy.threshold, original.threshold)
    mine, theirs = copy.below(threshold), original.below(threshold)
    both = copy.sets[0].intersection(theirs)
    if both:
        added, cut = _outside(mine, both), _outside(theirs, both)
        told: tuple[tuple[Change, bool], ...] = (
            ("added lead", added[0]),
            ("added tail", added[1]),
            ("cut lead", cut[0]),
            ("cut tail", cut[1]),
            ("figures", not any(added) and bool(_numbers(copy) - _numbers(original))),
        )
        found |= {change for change, so in told if so}
    return tuple(change for change in CHANGES if change in found)


def revision(new: Iterable[int], old: Iterable[int]) -> Revision:
    """How many of the ``new`` paragraphs, by their hashes, are not among the ``old``, and the other way."""
    mine, theirs = Counter(new), Counter(old)
    return Revision(paragraphs_added=(mine - theirs).total(), paragraphs_removed=(theirs - mine).total())


def _outside(sample: list[int], both: frozenset[int]) -> tuple[bool, bool]:
    """Whether much of a text stands before, and after, what it shares."""
    places = places_of(both, sample)
    stray = len(places) // STRAY
    before, after = places[stray] - stray, len(sample) - 1 - places[-1 - stray] - stray
    least = max(LEAST_SHINGLES, LEAST * len(sample))
    return before >= least, after >= least


def _numbers(text: Print) -> set[int]:
    return {anchor for anchor in text.anchors if anchor & 1}
