"""Finds the days in a text, as pages of the world write them: by name or by number, in any calendar and order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.calendars import ERAS, MINGUO, calendar_of, day_of
from copydesk.pipeline.extraction.time.folding import name_key
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.months import GREGORIAN, months_named

MOST_WORDS: Final = 3  # that stand between day and month, or month and year
FARTHEST: Final = 4  # characters that are no word between them
CENTURY: Final = 70  # two digits from here on are of the last century
LAST_OF_TWO: Final = 45  # a year of two digits behind a named month lies before 2000 plus this
LONGEST_NAME: Final = 4  # words of a month's name


class Found(NamedTuple):
    """A day, and where it stands in the folded text."""

    day: date
    start: int
    end: int
    gregorian: bool = True


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        return int(self.text) if self.text.isdigit() else None


_TOKEN: Final = re.compile(
    r"\d+|[^\s\d\x00-\x40\x5b-\x60\x7b-\x7e«»“”„…–—―·•،؛。，、：；।॥・【】「」]"
    r"[^\s\d\x00-\x26\x28-\x2d\x2f-\x40\x5b-\x60\x7b-\x7e«»“”„…–—―·•،؛。，、：；।॥・【】「」]*"
)
_ERA: Final = "|".join(sorted(ERAS, key=len, reverse=True))
_EAST: Final = re.compile(
    rf"(?P<era>(?<![a-z]){_ERA})?\s?(?P<year>\d{{1,4}}|元)\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)",
    re.IGNORECASE,
)
_ERA_DOTS: Final = re.compile(
    rf"(?P<era>(?<![a-z]){_ERA})\s?(?P<year>\d{{1,3}})[./-](?P<month>\d\d?)[./-](?P<day>\d\d?)(?!\d)", re.IGNORECASE
)
_HAN: Final = re.compile(r"[〇零○一二三四五六七八九十]{1,5}(?=\s?[年月日])")
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?<!\d[.,:])(?P<year>\d{4})\s?(?P<mark>[/.-])\s?(?P<month>\d\d?)\s?(?P=mark)\s?(?P<day>\d\d?)(?!\d)"
)
_YEAR_LAST: Final = re.compile(
    r"(?<!\d)(?<!\d[.,:])(?P<first>\d\d?)\s?(?P<mark>[./-])\s?(?P<other>\d\d?)\s?[./-]\s?(?P<year>\d{4}|\d\d)(?![\d%])(?![.,:]\d(?!\d?[:.]))"
)
_MINGUO: Final = re.compile(
    r"(?<!\d)(?<!\d[.,:])(?P<year>1[0-5]\d|9\d)(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)"
)
_NUMBERED: Final = (  # Vietnamese; Mongolian
    re.compile(
        r"(?P<day>\d\d?)\s?(?:tháng|thang|/)\s?(?P<month>\d\d?)\s?,?\s?(?:năm|nam)\s?(?P<year>\d{4})", re.IGNORECASE
    ),
    re.compile(r"(?P<day>\d\d?)\s(?:tháng|thang)\s(?P<month>\d\d?),?\s(?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\s?оны\s(?P<month>\d\d?)\s?[-р]{0,3}\s?сарын\s(?P<day>\d\d?)", re.IGNORECASE),
)
_ROMAN: Final = re.compile(
    r"(?<!\d)(?P<day>\d\d?)[. ]{1,2}(?P<roman>I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[. ]{1,2}(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ROMANS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_COLON_DIGIT: Final = re.compile(r":\d")
_CLOCK_FOLLOWS: Final = re.compile(r"\s?(?:[:.h時时시ч]\s?\d|h\b|uhr|hrs|[ap]\.?\s?m\b|[:%])", re.IGNORECASE)


def find_days(text: str, imprint: Imprint) -> list[Found]:
    """Every day that the folded ``text`` names with its year, in page order; where two overlap the first kind found."""
    found: list[Found] = []
    for one in (*_named(text, imprint), *_numeric(text, imprint)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _named(text: str, imprint: Imprint) -> Iterator[Found]:
    tokens = [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    if not any(token.number for token in tokens):
        return
    first = 0
    while first < len(tokens):
        last = first
        if tokens[first].number is None and _beside_number(tokens, first):
            for last in range(min(first + LONGEST_NAME, len(tokens)) - 1, first - 1, -1):
                if one := _dated(text, tokens, first, last, imprint):
                    yield one
                    break
        first = last + 1


def _beside_number(tokens: list[_Token], at: int) -> bool:
    near = tokens[max(0, at - MOST_WORDS - 1) : at + MOST_WORDS + LONGEST_NAME + 1]
    return any(token.number is not None for token in near)


def _dated(text: str, tokens: list[_Token], first: int, last: int, imprint: Imprint) -> Found | None:
    """The day whose month is named by the tokens from ``first`` to ``last``."""
    words = tokens[first : last + 1]
    if any(word.number is not None for word in words):
        return None
    names = months_named(" ".join(word.text for word in words), imprint.language)
    if not names and first == last:
        names = months_named(_bare(words[0].text), imprint.language)
    if not names:
        return None
    before = _number_beside(text, tokens, first, -1)
    after = _number_beside(text, tokens, last, 1)
    earlier = None if before is None else _number_beside(text, tokens, before, -1)
    later = None if after is None else _number_beside(text, tokens, after, 1)
    for day, year in ((before, after), (after, later), (after, before), (before, earlier)):
        if day is None or year is None or not 1 <= (tokens[day].number or 0) <= 31:
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
    for other in _glued():
        if key.startswith(other) and len(key) > len(other) + 1:
            key = key[len(other) :]
        if key.endswith(other) and len(key) > len(other) + 1:
            key = key[: -len(other)]
    return key


def _numeric(text: str, imprint: Imprint) -> Iterator[Found]:
    yield from _eastern(text, imprint)
    for match in _YEAR_FIRST.finditer(text):
        yield from _made(match, *_reckoned(int(match["year"]), imprint), int(match["month"]), int(match["day"]))
    for pattern in _NUMBERED:
        for match in pattern.finditer(text):
            yield from _made(match, *_reckoned(int(match["year"]), imprint), int(match["month"]), int(match["day"]))
    if imprint.country == "tw" or imprint.language == "zh":
        for match in _MINGUO.finditer(text):
            yield from _made(match, GREGORIAN, int(match["year"]) + MINGUO, int(match["month"]), int(match["day"]))
    for match in _YEAR_LAST.finditer(text):
        yield from _year_last(match, imprint)
    for match in _ROMAN.finditer(text):
        yield from _made(match, GREGORIAN, int(match["year"]), _ROMANS.index(match["roman"]) + 1, int(match["day"]))


def _eastern(text: str, imprint: Imprint) -> Iterator[Found]:
    plain = text if text.isascii() else _HAN.sub(_arabic, text)
    moved = len(plain) != len(text)
    for match in (*_EAST.finditer(plain), *_ERA_DOTS.finditer(plain)):
        printed = match["year"]
        year = 1 if printed == "元" else int(printed)
        if era := match["era"]:
            year += ERAS[era.lower()]
        elif len(printed) == 3:
            year += MINGUO
        elif len(printed) == 2:
            year += 2000
        for one in _made(match, *_reckoned(year, imprint), int(match["month"]), int(match["day"])):
            yield one._replace(start=0, end=len(text)) if moved else one


def _arabic(match: re.Match[str]) -> str:
    """A number in Han digits, written by place (二〇二五) or with tens (二十三)."""
    digits = match[0].translate(str.maketrans("〇零○一二三四五六七八九", "000123456789"))
    if "十" not in digits:
        return digits
    tens, _, ones = digits.partition("十")
    return f"{int(tens or 1) * 10 + int(ones or 0) if (tens or '1').isdigit() and (ones or '0').isdigit() else digits}"


def _year_last(match: re.Match[str], imprint: Imprint) -> Iterator[Found]:
    first, other, year = int(match["first"]), int(match["other"]), match["year"]
    if len(year) == 2:
        if imprint.year_first and other <= 12 and 1 <= int(year) <= 31:
            solar = imprint.language in ("fa", "ps")
            yield from _made(
                match, "persian" if solar else GREGORIAN, first + (1400 if solar else 2000), other, int(year)
            )
            return
        if imprint.language == "th" and int(year) >= 43:
            year = f"25{year}"
        else:
            year = f"20{year}" if int(year) < CENTURY else f"19{year}"
    american = other > 12 or (imprint.month_first and match["mark"] != "." and first <= 12)
    month, day = (first, other) if american else (other, first)
    yield from _made(match, *_reckoned(int(year), imprint), month, day)


def _reckoned(year: int, imprint: Imprint) -> tuple[str, int]:
    return calendar_of(year, imprint.language, imprint.country) or (GREGORIAN, 0)


def _made(match: re.Match[str], calendar: str, year: int, month: int, day: int) -> Iterator[Found]:
    found = day_of(calendar, year, month, day)
    if found and 1900 <= found.year <= 2200:
        yield Found(found, *match.span(), calendar == GREGORIAN)


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
