"""Days of other calendars: Persian, Islamic, Ethiopian, Nepali, Bengali, Hebrew; years counted from elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.months import GREGORIAN

BUDDHIST: Final = 543  # years that Thailand counts more
MINGUO: Final = 1911  # years that Taiwan counts less
ERAS: Final = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "r": 2018, "h": 1988, "s": 1925,
    "民國": MINGUO, "民国": MINGUO, "中華民國": MINGUO, "中华民国": MINGUO,
}  # fmt: skip
"""The year before the first of each era."""

_SOLAR_HIJRI: Final = frozenset({"fa", "ps", "ir", "af", "ckb"})
_PERSIAN: Final = range(1354, 1431)
_ISLAMIC: Final = range(1395, 1485)


def day_of(calendar: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None where the calendar has no such day, or is not known for that year.

    ``month`` counts from the calendar's new year; the Hebrew leap month is the sixth.
    """
    if calendar == GREGORIAN:
        try:
            return date(year, month, day)
        except ValueError:
            return None
    known = _years().get((calendar, year))
    if known is None:
        return None
    begins, before = known
    if not (1 <= month < len(before) and 1 <= day <= before[month] - before[month - 1]):
        return None
    return begins + timedelta(days=before[month - 1] + day - 1)


def calendar_of(year: int, language: str | None, country: str | None) -> tuple[str, int] | None:
    """The calendar that a year of four digits is counted in, and the year in it."""
    if 2400 <= year <= 2643:
        return GREGORIAN, year - BUDDHIST
    if {language, country} & {"ne", "np"} and year >= 2060:
        return "nepali", year
    if 1900 <= year <= 2200:
        return GREGORIAN, year
    if year in _ISLAMIC or year in _PERSIAN:
        solar = {language, country} & _SOLAR_HIJRI or year not in _ISLAMIC
        return ("persian" if solar else "islamic"), year
    return None


@cache
def _years() -> dict[tuple[str, int], tuple[date, list[int]]]:
    """The first day of each year, and the days before each of its months and before the next year."""
    found = {}
    for line in data_lines(__file__, "calendar_years.txt"):
        calendar, year, begins, *days = line.split()
        found[calendar, int(year)] = date.fromisoformat(begins), list(accumulate(map(int, days), initial=0))
    return found
