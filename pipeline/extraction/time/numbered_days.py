"""Finds days whose month is a number: 4/5/2026, 2026年5月4日, 令和8年5月4日, 115/05/04, ngày 4 tháng 5 năm 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from copydesk.pipeline.extraction.time.calendars import ERAS, MINGUO, calendar_of, day_of
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.months import GREGORIAN

CENTURY: Final = 70  # two digits from here on are of the last century


class Found(NamedTuple):
    """A day, and where it stands in the folded text."""

    day: date
    start: int
    end: int
    gregorian: bool = True


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
_MARKED: Final = re.compile(r"\d\s?[./-]\s?\d")  # two numbers of a day with a mark between them
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


def numbered_days(text: str, imprint: Imprint) -> Iterator[Found]:
    """Every day of the folded ``text`` whose month is a number; two of them may overlap."""
    marked = _MARKED.search(text) is not None
    if marked or "年" in text or "년" in text:
        yield from _eastern(text, imprint)
    for pattern in (_YEAR_FIRST, *_NUMBERED) if marked else _NUMBERED:
        for match in pattern.finditer(text):
            yield from _made(match, *_reckoned(int(match["year"]), imprint), int(match["month"]), int(match["day"]))
    if marked and (imprint.country == "tw" or imprint.language == "zh"):
        for match in _MINGUO.finditer(text):
            yield from _made(match, GREGORIAN, int(match["year"]) + MINGUO, int(match["month"]), int(match["day"]))
    for match in _YEAR_LAST.finditer(text) if marked else ():
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
    american = other > 12 or (first <= 12 and match["mark"] != "." and imprint.month_first)
    month, day = (first, other) if american else (other, first)
    yield from _made(match, *_reckoned(int(year), imprint), month, day)


def _reckoned(year: int, imprint: Imprint) -> tuple[str, int]:
    return calendar_of(year, imprint.language, imprint.country) or (GREGORIAN, 0)


def _made(match: re.Match[str], calendar: str, year: int, month: int, day: int) -> Iterator[Found]:
    found = day_of(calendar, year, month, day)
    if found and 1900 <= found.year <= 2200:
        yield Found(found, *match.span(), calendar == GREGORIAN)
