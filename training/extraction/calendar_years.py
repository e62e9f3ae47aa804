"""Makes ``pipeline/extraction/time/calendar_years.txt``: when years of other calendars begin, and their months' days.

Source: the Islamic years of Umm al-Qura as hijridate (MIT) has them, the Nepali ones of nepali-datetime (MIT), the
Persian, Hebrew and Coptic ones of convertdate (MIT); the Ethiopian year is the Coptic one, 276 more. The Bengali year
is that of Bangladesh since 2019 (Bangla Academy): six months of 31 days from 14 April, then 30, Falgun 29 or 30.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import nepali_datetime
from convertdate import coptic, hebrew, persian
from hijridate import Hijri

from training.manifest import ROOT, record

OUT = ROOT / "pipeline" / "extraction" / "time" / "calendar_years.txt"
FIRST, LAST = 1975, 2060  # Gregorian years that are covered
Start = Callable[[int, int], date]


def main() -> None:
    """Write the table."""
    lines = [
        *_years("persian", range(1354, 1440), 12, _persian),
        *_years("islamic", range(1395, 1485), 12, _islamic),
        *_years("ethiopian", range(1967, 2053), 13, _ethiopian),
        *_years("nepali", range(2032, 2099), 12, _nepali),
        *_bengali(),
        *_hebrew(),
    ]
    head = "# Made by training/extraction/calendar_years.py from hijridate, nepali-datetime and convertdate (all MIT)."
    told = "# A line: the calendar, a year, the day it begins on, the days of its months."
    OUT.write_text("\n".join([head, told, *lines]) + "\n", encoding="utf-8")
    record(__file__, OUT)


def _years(name: str, years: range, months: int, start: Start) -> Iterator[str]:
    for year in years:
        starts = [start(year, month) for month in range(1, months + 1)] + [start(year + 1, 1)]
        yield _line(name, year, starts)


def _persian(year: int, month: int) -> date:
    return date(*persian.to_gregorian(year, month, 1))


def _islamic(year: int, month: int) -> date:
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day)


def _nepali(year: int, month: int) -> date:
    return nepali_datetime.date(year, month, 1).to_datetime_date()


def _ethiopian(year: int, month: int) -> date:
    return date(*coptic.to_gregorian(year - 276, month, 1))


def _hebrew() -> Iterator[str]:
    """From Tishri; a leap year has two months of Adar, the common year's Adar is the second of them."""
    for year in range(FIRST + 3761, LAST + 3760):
        leap = (7 * year + 1) % 19 < 7
        numbers = [7, 8, 9, 10, 11, 12, *([13] if leap else []), 1, 2, 3, 4, 5, 6]
        starts = [date(*hebrew.to_gregorian(year, number, 1)) for number in numbers]
        starts.append(date(*hebrew.to_gregorian(year + 1, 7, 1)))
        if not leap:
            starts.insert(5, starts[5])
        yield _line("hebrew", year, starts)


def _bengali() -> Iterator[str]:
    for year in range(1426, LAST - 593):
        falgun = 30 if calendar.isleap(year + 594) else 29
        yield f"bengali {year} {year + 593}-04-14 {' '.join(map(str, [31] * 6 + [30] * 4 + [falgun, 30]))}"


def _line(name: str, year: int, starts: list[date]) -> str:
    days = [(later - first).days for first, later in pairwise(starts)]
    return f"{name} {year} {starts[0]} {' '.join(map(str, days))}"


if __name__ == "__main__":
    main()
