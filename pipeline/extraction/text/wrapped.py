"""Lines that were broken at a width, as in mail and in text copied from a PDF, joined to paragraphs again.

A program that wraps breaks a line only where the next word would not fit. So a dump is wrapped when no line is longer
than some width, and nearly every break within its paragraphs is one that this width forces.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

from copydesk.pipeline.extraction.text.lines import Line

WIDTHS: Final = range(50, 105)  # columns; a character of East Asia takes two
LINES: Final = 4  # fewest breaks that are forced
SHARE: Final = 0.45  # of the breaks between lines that lie close, that are forced
MIDWAY: Final = 0.5  # of the forced breaks, that part a sentence: those of a list stand behind whole ones
LONG: Final = 0.6  # of the width: a shorter line ends a paragraph
SLACK: Final = 4  # columns: lines are wrapped at 72 and indented, or one of them is a little longer
_ENDS: Final = tuple(".!?…。！？।۔")
_WIDE: Final = re.compile("[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")
_UNSPACED: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")  # Korean is written with spaces
_ITEM: Final = re.compile(r"(?:[-–—*•·▪■●>]|\(?\d{1,2}[.)]|[A-Z][\w ]{1,20}:)\s")


def joined(lines: list[Line], text: str) -> list[Line]:
    """``lines`` of the raw ``text`` as paragraphs if they are wrapped, else as they are."""
    if any(len(line.text) >= WIDTHS.stop for line in lines):
        return lines
    sizes = [_columns(line.text) for line in lines]
    width = max(sizes, default=0)
    if width not in WIDTHS:
        return lines
    near = [_are_near(text, one, other) for one, other in pairwise(lines)]
    forced = [close and _is_forced(lines[i].text, lines[i + 1].text, sizes[i], width) for i, close in enumerate(near)]
    long = [close and sizes[i] >= LONG * width for i, close in enumerate(near)]
    midway = [goes_on and not lines[i].text.endswith(_ENDS) for i, goes_on in enumerate(forced)]
    if sum(forced) < LINES or sum(forced) < SHARE * sum(long) or sum(midway) < MIDWAY * sum(forced):
        return lines
    found = lines[:1]
    for line, goes_on in zip(lines[1:], forced, strict=True):
        if goes_on:
            found[-1] = Line(_glued(found[-1].text, line.text), found[-1].start, line.end)
        else:
            found.append(line)
    return found


def _are_near(text: str, one: Line, other: Line) -> bool:
    """Whether nothing but one line break lies between two lines."""
    return len(text[one.end : other.start].strip(" \t").splitlines()) == 1


def _is_forced(text: str, following: str, size: int, width: int) -> bool:
    if _ITEM.match(following) or size < LONG * width:
        return False
    word = following.split(" ", 1)[0]
    if _UNSPACED.match(word):
        return size + 2 * 3 > width  # marks that may not open a line are drawn up
    return size + 1 + _columns(word) > width - SLACK


def _columns(text: str) -> int:
    return len(text) + len(_WIDE.findall(text)) if not text.isascii() else len(text)


def _glued(text: str, following: str) -> str:
    """Two lines as one: with a space between, but for scripts without spaces and words that were divided."""
    if text.endswith("\u00ad"):
        return text[:-1] + following
    if _UNSPACED.match(text[-1]) and _UNSPACED.match(following[0]):
        return text + following
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and unicodedata.category(following[0]) == "Ll":
        return text + following if "-" in text.rsplit(" ", 1)[-1][:-1] else text[:-1] + following
    return f"{text} {following}"
