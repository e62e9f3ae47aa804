"""Why two articles are, or are not, copies of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from copydesk.pipeline.deduplication.likeness import BIAS, WEIGHTS, Likeness, Print, likeness
from copydesk.pipeline.deduplication.partition import same_language
from copydesk.pipeline.deduplication.sketch import Sketch, sketch
from copydesk.schemas import Article

EVIDENCE: Final = (
    "containment: share of the shorter text's shingles that the other has",
    "contradiction: shingles with a number or name are rarer among the shared ones",
    "anchors: share of numbers and names that both have",
    "unbroken block: of what the anchors leave open, how unbroken the shared part is",
    "numbers: share of numbers that both have",
    "density: how unbroken the shared part is",
    "lead-in: what stands before the shared part",
    "coverage: log of the share of the longer text",
    "the same title in another outlet",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two articles that are compared alone, and what it rests on.

    ``reason`` says in words what decided. ``evidence`` holds what was weighed, its value and the log-odds it adds;
    together with ``bias`` they make ``likeness.score``; a copy has more than 0. In a stream the shard also leaves out
    lines that many stories share, and compares with the likeliest originals of its window only.
    """

    verdict: Literal["exact", "near", "version", "none"]
    reason: str
    likeness: Likeness | None = None
    evidence: tuple[tuple[str, float, float], ...] = ()
    bias: float = BIAS


def compare(one: Article, other: Article) -> Comparison:
    """Why ``one`` and ``other`` are, or are not, copies."""
    mine, theirs = sketch(one), sketch(other)
    if not same_language(one.language.code, other.language.code):
        return Comparison("none", f"different languages, {one.language.code} and {other.language.code}: never compared")
    if mine.id == theirs.id:
        changed = (mine.exact, mine.title) != (theirs.exact, theirs.title)
        return Comparison("version", "the same article, revised" if changed else "the same article, unchanged")
    if mine.shingles and mine.exact == theirs.exact:
        return Comparison("exact", "the same letters and digits, whatever the case, spacing and punctuation")
    like = likeness(_print(mine), _print(theirs))
    if like is None:
        return Comparison(
            "none",
            "next to nothing is shared: fewer than three of the sampled shingles, 12 % of them, or 30 % of the anchors",
        )
    weighed = zip(EVIDENCE, like.evidence, WEIGHTS, strict=True)
    evidence = tuple((name, value, value * weight) for name, value, weight in weighed)
    said = (
        f"{like.containment:.0%} of the shorter text and {like.anchors:.0%} of its numbers and names are in the other"
    )
    return Comparison("near" if like.is_copy else "none", said, like, evidence)


def _print(sketch: Sketch) -> Print:
    return Print(sketch.shingles, sketch.threshold, sketch.anchors, sketch.source, sketch.title)
