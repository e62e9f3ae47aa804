"""Quotation marks: which open, which close, which are none.

A mark is told by what stands to its sides: one that opens follows a space and touches a word, one that closes touches
a word and is followed by a space. Where neither holds, as between characters of scripts without spaces, it may be
either. Inches, seconds, apostrophes and Hebrew's abbreviations look like marks and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines

LONGEST: Final = 1_500  # characters of one quotation within a paragraph
FEWEST: Final = 20  # characters of a paragraph that opens with a mark and does not close it
_ONLY_OPEN: Final = frozenset("„‚「『｢〝❝")
_GERSHAYIM: Final = frozenset('"״')
_SPEECH_ENDS: Final = frozenset(",.!?…")  # before a straight single mark: else it may be an apostrophe
_STYLED: Final = "«»"  # which of the two opens is the language's choice
_BEFORE: Final = frozenset("([{<—–―-/¿¡=（［【〔《〈：“„‘‚«‹「『|")  # besides space
_BEHIND: Final = frozenset(".,;:!?)]}>…—–―-/，。：；、！？）］】〕》〉”’»›」』।؟،؛។|")
_FEET: Final = re.compile(r"\d\s?(?:['’′´]|ft\.?|-?foot)\s?\d{1,2}(?:\s?[½¼¾])?$")
_NUMBER: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?(?:\s?[½¼¾⅛⅜⅝⅞])?$")
_MEASURES: Final = frozenset({'"', "”", "''", "＂", "“"})
_APOSTROPHES: Final = re.compile(r"\d0s|\d\d\b|(?:em|tis|twas|til|cause|bout|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A mark in the text, and what it may do there."""

    mark: str
    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two marks, which ``start`` and ``end`` include; an open one runs to its line's end."""

    start: int
    end: int
    inner: tuple[int, int]
    is_open: bool = False


def quoted(text: str) -> Iterator[Quoted]:
    """Everything in quotation marks, in the order of the text; what lies within another is part of it."""
    tokens = list(_tokens(text))
    at = number = 0
    while number < len(tokens):
        opening = tokens[number]
        number += 1
        if not opening.opens or opening.start < at:
            continue
        closing = _closing(text, tokens, number - 1)
        if closing is not None:
            at = closing.end
            yield Quoted(opening.start, closing.end, (opening.end, closing.start))
        elif (end := _open_end(text, tokens, number - 1)) is not None:
            at = end
            yield Quoted(opening.start, end, (opening.end, end), is_open=True)


def _tokens(text: str) -> Iterator[Token]:
    guillemets = _first_guillemet(text)
    for found in _marks().finditer(text):
        mark, start, end = found[0], found.start(), found.end()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        opens, closes = _sides(mark, before, after, guillemets)
        if mark in "‘'" and (before.isalnum() or _APOSTROPHES.match(text, end)):
            opens = False
        if mark in _MEASURES and before.isdigit() and _FEET.search(text, max(0, start - 14), start):
            continue
        if opens or closes:
            yield Token(mark, start, end, opens, closes)


def _sides(mark: str, before: str, after: str, guillemets: str) -> tuple[bool, bool]:
    """Whether a mark may open, and whether it may close."""
    left, right = before.isspace() or before in _BEFORE, after.isspace() or after in _BEHIND
    if mark in _ONLY_OPEN:
        return True, False
    if mark == "’" or mark not in _pairs():
        return False, not after.isalnum() or mark != "’"
    if mark == "'":
        return left and after.isalpha(), before in _SPEECH_ENDS and not after.isalnum()
    if mark in _STYLED and not (left and after.isalnum()) and (before.isspace() or not right):
        return mark == guillemets, mark != guillemets
    if mark in _GERSHAYIM and _is_hebrew(before) and _is_hebrew(after):
        return False, False
    if left and not after.isspace() and (before.isspace() or not right):
        return True, False
    if right and not before.isspace():
        return False, True
    return mark != "”" and not before.isdigit(), mark != "“"


def _first_guillemet(text: str) -> str:
    """Which of « and » opens: the one that stands first before a word more often."""
    french = len(re.findall(r"(?:^|[\s(\[])«", text))
    german = len(re.findall(r"(?:^|[\s(\[])»(?=\w)", text))
    return "»" if german > french else "«"


def _closing(text: str, tokens: Sequence[Token], number: int) -> Token | None:
    """The mark that closes the one at ``number``, if one does in the same line."""
    opening = tokens[number]
    wanted, inside = _pairs()[opening.mark], 0
    measure: Token | None = None  # closes, or is an inch
    line = text.find("\n", opening.end)
    last = min(opening.end + LONGEST, len(text) if line < 0 else line)
    for token in tokens[number + 1 :]:
        if token.start > last:
            break
        if token.mark in wanted and token.closes and token.start > opening.end:
            if token.mark == '"' and opening.mark != '"' and inside:
                inside -= 1
            elif _may_be_inch(text, token):
                measure = measure or token
            else:
                return token
        elif token.opens and token.mark in (opening.mark, "„"):
            return measure  # it opens once more: the first is never closed
        elif token.opens and token.mark == '"':
            inside += 1
    return measure


def _may_be_inch(text: str, token: Token) -> bool:
    """Whether the mark follows a number and goes on in the middle of a sentence: a 27" screen."""
    if token.mark not in _MEASURES or not _NUMBER.search(text, max(0, token.start - 10), token.start):
        return False
    following = text[token.end : token.end + 2]
    return following[:1] in ("-", "x", "×") or (following[:1] == " " and following[1:].islower())


def _open_end(text: str, tokens: Sequence[Token], number: int) -> int | None:
    """Where a paragraph ends that opens with a mark and leaves it to the next, which opens with one again, to close."""
    opening = tokens[number]
    if opening.mark not in '"“„«»”' or (opening.start and text[opening.start - 1] != "\n"):
        return None
    end = text.find("\n", opening.end)
    if end < 0 or not FEWEST <= end - opening.end <= LONGEST:
        return None
    following = text[end:].lstrip() if end + 40 > len(text) else text[end : end + 40].lstrip()
    inside = tokens[number + 1 : number + 2]
    if following[:1] != opening.mark or (inside and inside[0].start < end and inside[0].mark not in "‘’"):
        return None
    return end


def _is_hebrew(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea"


@cache
def _pairs() -> dict[str, frozenset[str]]:
    """What may close each mark that opens."""
    split = (line.split("\t") for line in data_lines(__file__, "marks.txt"))
    return {opening: frozenset(closing.split()) for opening, closing in split}


@cache
def _openers() -> frozenset[str]:
    return frozenset(_pairs())


@cache
def _closers() -> frozenset[str]:
    return frozenset().union(*_pairs().values())


@cache
def _marks() -> re.Pattern[str]:
    every = sorted(_openers() | _closers(), key=lambda mark: (-len(mark), mark))
    pattern = "|".join(re.escape(mark) for mark in every if mark != ",,")
    return re.compile(rf"(?<![\w,]),,(?=\w)|{pattern}")
