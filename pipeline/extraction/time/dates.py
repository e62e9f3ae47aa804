"""Finds the days in a text as pages of the world write them: months by name or number, in any calendar and order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.calendars import MINGUO, day_of
from copydesk.pipeline.extraction.time.folding import name_key
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.months import GREGORIAN, Month, months_named, opens_long_name
from copydesk.pipeline.extraction.time.numbered_days import Found, numbered_days

MOST_WORDS: Final = 3  # that stand between day and month, or month and year
FARTHEST: Final = 4  # characters that are no word between them
LAST_OF_TWO: Final = 45  # a year of two digits behind a named month lies before 2000 plus this
LONGEST_NAME: Final = 4  # words of a month's name
LAST_DAY: Final = 31


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    number: int | None


_TOKEN: Final = re.compile(
    r"\d+|[^\s\d\x00-\x40\x5b-\x60\x7b-\x7e«»“”„…–—―·•،؛。，、：；।॥・【】「」]"
    r"[^\s\d\x00-\x26\x28-\x2d\x2f-\x40\x5b-\x60\x7b-\x7e«»“”„…–—―·•،؛。，、：；।॥・【】「」]*"
)
_NUMBERS: Final = re.compile(r"\d+|[〇零○一二三四五六七八九十元]+")
_COLON_DIGIT: Final = re.compile(r":\d")
_CLOCK_FOLLOWS: Final = re.compile(r"\s?(?:[:.h時时시ч]\s?\d|h\b|uhr|hrs|[ap]\.?\s?m\b|[:%])", re.IGNORECASE)


def find_days(text: str, imprint: Imprint) -> list[Found]:
    """Every day that the folded ``text`` names with its year, in page order; where two overlap the first kind found."""
    if len(_NUMBERS.findall(text)) < 2:  # of a day and a year
        return []
    found: list[Found] = []
    for one in (*_named(text, imprint), *numbered_days(text, imprint)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _named(text: str, imprint: Imprint) -> Iterator[Found]:
    tokens = [
        _Token(word := match[0], match.start(), match.end(), int(word) if word.isdecimal() else None)
        for match in _TOKEN.finditer(text)
    ]
    numbers = [token.number for token in tokens]
    if not any(number is not None and number <= LAST_DAY for number in numbers):
        return
    first = 0
    while first < len(tokens):
        last = first
        if numbers[first] is None and _beside_number(numbers, first):
            longest = LONGEST_NAME if opens_long_name(tokens[first].text) else 1
            for last in range(min(first + longest, len(tokens)) - 1, first - 1, -1):
                if one := _dated(text, tokens, first, last, imprint):
                    yield one
                    break
        first = last + 1


def _beside_number(numbers: list[int | None], at: int) -> bool:
    near = numbers[max(0, at - MOST_WORDS - 1) : at + MOST_WORDS + LONGEST_NAME + 1]
    return near.count(None) < len(near)


def _months(words: list[_Token], language: str | None) -> list[Month]:
    """The months that ``words`` may name, which hold no number."""
    if len(words) > 1:
        told = all(word.number is None for word in words)
        return months_named(" ".join(word.text for word in words), language) if told else []
    word = words[0].text
    found = months_named(word, language)
    return found if found or (word.isascii() and "'" not in word) else months_named(_bare(word), language)


def _dated(text: str, tokens: list[_Token], first: int, last: int, imprint: Imprint) -> Found | None:
    """The day whose month is named by the tokens from ``first`` to ``last``."""
    names = _months(tokens[first : last + 1], imprint.language)
    if not names:
        return None
    before = _number_beside(text, tokens, first, -1)
    after = _number_beside(text, tokens, last, 1)
    earlier = None if before is None else _number_beside(text, tokens, before, -1)
    later = None if after is None else _number_beside(text, tokens, after, 1)
    for day, year in ((before, after), (after, later), (after, before), (before, earlier)):
        if day is None or year is None or not 1 <= (tokens[day].number or 0) <= LAST_DAY:
            continue
        if len(tokens[day].text) > 2 or (
            len(tokens[year].text) == 2 and (year <= day or not _is_short_year(text, tokens[year]))
        ):
            continue
        for month in names:
            found = _day(month.calendar, tokens[year].text, month.number, int(tokens[day].text), imprint)
            if found:
                span = sorted((day, year, first, last))
                return Found(found, tokens[span[0]].start, tokens[span[-1]].end, month.calendar == GREGORIAN)
    return None


def _number_beside(text: str, tokens: list[_Token], at: int, step: int) -> int | None:
    """The number next to the token ``at``, words between day, month and year passed over; none that is of a clock."""
    edge = tokens[at]
    for _ in range(MOST_WORDS + 1):
        at += step
        if not 0 <= at < len(tokens):
            return None
        token = tokens[at]
        gap = token.start - edge.end if step > 0 else edge.start - token.end
        if gap > FARTHEST:
            return None
        if token.number is not None:
            of_clock = text[max(0, token.start - 1) : token.start] == ":" or _COLON_DIGIT.match(text, token.end)
            return None if of_clock or len(token.text) > 4 else at
        if name_key(token.text) not in _between():
            return None
        edge = token
    return None


def _is_short_year(text: str, token: _Token) -> bool:
    return len(token.text) == 2 and not _CLOCK_FOLLOWS.match(text, token.end)


def _day(calendar: str, printed: str, month: int, day: int, imprint: Imprint) -> date | None:
    """A day of a named month: years of two digits are of this century, in Thailand mostly of its own."""
    year = int(printed)
    if len(printed) == 2:
        if calendar != GREGORIAN:
            return None
        if imprint.language == "th" and year >= 43:
            return day_of(calendar, 1957 + year, month, day)
        return day_of(calendar, 2000 + year, month, day) if year < LAST_OF_TWO else None
    if len(printed) == 3:
        return (
            day_of(calendar, year + MINGUO, month, day) if calendar == GREGORIAN and imprint.country == "tw" else None
        )
    if calendar != GREGORIAN:
        return day_of(calendar, year, month, day)
    if 2400 <= year <= 2643:
        year -= 543
    return day_of(calendar, year, month, day) if 1900 <= year <= 2200 else None


def _bare(word: str) -> str:
    """``word`` without an article, or the words for day, month and year that scripts without spaces add to it."""
    key = name_key(word).removeprefix("d'")
    if not (key.startswith(_glued()) or key.endswith(_glued())):
        return key
    for other in _glued():
        if key.startswith(other) and len(key) > len(other) + 1:
            key = key[len(other) :]
        if key.endswith(other) and len(key) > len(other) + 1:
            key = key[: -len(other)]
    return key


@cache
def _between() -> frozenset[str]:
    words = " ".join(data_lines(__file__, "date_words.txt")).split()
    return frozenset(map(name_key, words))


@cache
def _glued() -> tuple[str, ...]:
    """Of the words between those that are written onto a name: of Thai, Lao, Khmer, Burmese, Hebrew."""
    return tuple(
        sorted(
            (word for word in _between() if "\u0590" <= word[:1] <= "\u05ff" or "\u0e00" <= word[:1] <= "\u17ff"),
            key=lambda w: -len(w),
        )
    )
