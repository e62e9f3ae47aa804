"""What a paywall prints below the beginning of an article: the offer to subscribe, in any language of the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.extraction.refusing.phrases import OFFERS, told_by
from copydesk.pipeline.extraction.refusing.signs import weight

LONGEST: Final = 450  # characters of a paragraph of an offer
LONG: Final = 160  # characters of one that has to say more, or stand beside another
SAYS_SO: Final = 3  # points
TWO: Final = 5  # points of neighbours that together are an offer wherever they stand
BETWEEN: Final = 160  # characters of other text below or inside an offer that ends the page
NEXT: Final = 4  # lines below the text that are looked at
STUB: Final = 1_500  # characters of the text above them, if it is no more than a beginning
LAST: Final = 12  # paragraphs at the end that are looked at


def offer_in(paragraphs: Sequence[str]) -> frozenset[int]:
    """Which of the last paragraphs are an offer; all of those from where it begins, if hardly anything else follows."""
    first = max(0, len(paragraphs) - LAST)
    if not any(len(text) <= LONG and _points(text) >= SAYS_SO for text in paragraphs[first:]):
        return frozenset()
    points = {i: _points(paragraphs[i]) for i in range(first, len(paragraphs))}
    beside = 0
    begins = None
    for i in range(len(paragraphs) - 1, first - 1, -1):
        if points[i] >= SAYS_SO and beside <= BETWEEN:
            begins = i
        if not points[i]:
            beside += weight(paragraphs[i])
        if beside > BETWEEN:
            break
    if begins is not None:
        while begins - 1 in points and points[begins - 1]:
            begins -= 1
        return frozenset(range(begins, len(paragraphs)))
    together = [i for i in points if i + 1 in points and min(points[i], points[i + 1]) > 0]
    pairs = [i for i in together if points[i] + points[i + 1] >= TWO and max(points[i], points[i + 1]) >= SAYS_SO]
    return frozenset(i + step for i in pairs for step in (0, 1))


def offered_below(lines: Sequence[str], size: int) -> bool:
    """Whether the lines below a text of ``size`` characters are an offer to read the rest of it."""
    if size >= STUB:
        return False
    points = [_points(line) for line in lines[:NEXT]]
    return sum(points) >= 2 * SAYS_SO and sum(map(bool, points)) > 1


def _points(paragraph: str) -> int:
    if weight(paragraph) > LONGEST:
        return 0
    points = dict(told_by(paragraph, OFFERS)).get("offer", 0)
    return min(points, SAYS_SO - 1) if weight(paragraph) > LONG and points <= SAYS_SO else points
