"""Which lines tell the headline, the time and the authors: every likely one is looked at, the likeliest is taken.

A line is seen here with all that ``features`` saw, and with where it stands to the body and, once that is found, to the
headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from copydesk.pipeline.extraction.names.byline_words import lead_of
from copydesk.pipeline.extraction.text.features import NAMES as LINE_NAMES
from copydesk.pipeline.extraction.text.features import Floats, Integers, best_run, shifted, sums_around
from copydesk.pipeline.given_names import given_names

SHIFTS: Final = (-3, -2, -1, 1, 2, 3)
WIDE: Final = (4, 10, 30)
NAMES: Final = (
    *LINE_NAMES,
    "chance",
    *(f"chance{shift:+d}" for shift in SHIFTS),
    *(f"chance_{side}{lines}" for lines in WIDE for side in ("before", "after")),
    *("below_body_start", "below_body_end", "best_slug", "below_headline", "from_headline", "first_name", "lead"),
)

ABOVE: Final = 150  # lines above the body in which the headline is looked for
HEADLINE: Final = range(5, 251)  # characters
TIME_ABOVE, TIME_BELOW = 60, 30  # lines above the headline, below the body
BYLINE_ABOVE, BYLINE_BELOW = 12, 12  # the same
BYLINE_IN_BODY: Final = 9  # lines of the body in which a byline may stand
NEAR: Final = 40  # lines to each side of where the body begins
LONGEST: Final = 220  # characters of a line of the head


class Frame(NamedTuple):
    """The lines that hold an article up: the headline, the first of the body and the one after its last."""

    headline: int
    start: int
    end: int


def body_span(lines: Floats, chance: Floats) -> tuple[int, int]:
    """The run of lines that most looks like body, as (first, end)."""
    length = np.minimum(lines[:, 0], 7.0)
    return best_run((chance - 0.5) * (0.3 + length))


def rows(lines: Floats, chance: Floats, span: tuple[int, int], texts: Sequence[str]) -> Floats:
    """Lines x NAMES, as yet without a headline."""
    number = np.arange(len(lines))
    cover = lines[:, LINE_NAMES.index("slug_cover")]
    nowhere = np.zeros(len(lines))
    chances = shifted(chance[:, None].astype(np.float32), SHIFTS)
    place = (
        np.clip(number - span[0], -80, 40),
        np.clip(number - span[1], -60, 40),
        (cover == cover.max()) & (cover > 0),
        nowhere,
        nowhere,
        *_openings(texts, span),
    )
    return np.column_stack([lines, chance, *chances, *sums_around(chance, WIDE), *place]).astype(np.float32)


def _openings(texts: Sequence[str], span: tuple[int, int]) -> tuple[Floats, Floats]:
    """Which short lines near the body's ends open with, or after, a given name; which with a word that leads to one."""
    named, led = np.zeros((2, len(texts)), dtype=np.float32)
    known = given_names()
    head = range(max(0, span[0] - NEAR), min(len(texts), span[0] + NEAR))
    foot = range(max(head.stop, span[1] - 1), min(len(texts), span[1] + BYLINE_BELOW))
    for number in (*head, *foot):
        text = texts[number]
        if len(text) < LONGEST:
            named[number] = not known.isdisjoint(text[:60].casefold().split()[:5])
            led[number] = lead_of(text) > 0
    return named, led


def seen_from(table: Floats, headline: int) -> Floats:
    """``table`` with the distances to the headline filled in."""
    number = np.arange(len(table))
    table = table.copy()
    table[:, NAMES.index("below_headline")] = np.clip(number - headline, -30, 60)
    table[:, NAMES.index("from_headline")] = np.clip(abs(number - headline), 0, 60)
    return table


def headline_lines(lines: Floats, span: tuple[int, int]) -> Integers:
    """The lines that may be the headline."""
    length = np.expm1(lines[:, 0])
    number = np.arange(len(lines))
    near = (number >= span[0] - ABOVE) & (number < span[0] + 4)
    return np.flatnonzero(near & (length >= HEADLINE.start - 0.5) & (length < HEADLINE.stop - 0.5))


def time_lines(lines: Floats, frame: Frame) -> Integers:
    """The lines that may tell when it was published."""
    number = np.arange(len(lines))
    near = (number >= frame.headline - TIME_ABOVE) & (number < frame.end + TIME_BELOW)
    return np.flatnonzero(near & (lines[:, LINE_NAMES.index("clock")] > 0))


def byline_lines(lines: Floats, frame: Frame) -> Integers:
    """The lines that may name the authors: round the headline, and below the body."""
    number = np.arange(len(lines))
    top = max(frame.headline, frame.start)
    head = (number >= frame.headline - BYLINE_ABOVE) & (number < top + BYLINE_IN_BODY)
    foot = (number >= frame.end - 1) & (number < frame.end + BYLINE_BELOW)
    return np.flatnonzero((head | foot) & (np.expm1(lines[:, 0]) < LONGEST))
