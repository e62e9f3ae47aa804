"""Reads a time as pages write it, in attributes and in print, without ever guessing a zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from copydesk.pipeline.extraction.page import Precision, Stamp
from copydesk.pipeline.extraction.time.calendars import calendar_of, day_of
from copydesk.pipeline.extraction.time.clocks import Clock, clock_beside, first_clock
from copydesk.pipeline.extraction.time.dates import find_days
from copydesk.pipeline.extraction.time.folding import folded
from copydesk.pipeline.extraction.time.imprint import NOWHERE, Imprint
from copydesk.pipeline.extraction.time.months import months_named
from copydesk.pipeline.extraction.time.numbered_days import Found
from copydesk.pipeline.extraction.time.relative import read_relative
from copydesk.pipeline.extraction.time.zone_names import zone_after

MAX_LENGTH: Final = 300  # characters of a text in which a time is looked for
OLDEST: Final = 1900
FEWEST_DIGITS: Final = 6  # of a day as programs write it: 2026-5-4

_DIGIT: Final = re.compile(r"\d")
_ISO: Final = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)")
_BEFORE_CLOCK: Final = re.compile(r"T|[\s,|·@-]{1,4}(?=\d)", re.IGNORECASE)
_BARE_CLOCK: Final = re.compile(r"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?:[.,]\d{1,9})?(?!\d)")
_COMPACT: Final = re.compile(
    r"(?<![\d.,-])(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:T?(?P<hour>[0-2]\d):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)?)?(?![\d,.])"
)
_EPOCH: Final = re.compile(r"^\s*(?:/Date\()?(\d{10}(?:\.\d{1,9})?|\d{13}|\d{16})(?P<offset>[+-]\d{4})?(?:\)/)?\s*$")
_YEAR_AT_END: Final = re.compile(  # Date.toString of Java, date(1), ctime: the clock stands inside the day
    r"(?P<name>[^\W\d]{3,12})\.? {1,2}(?P<day>\d\d?),? {1,2}(?P<clock>\d\d?:\d\d(?::\d\d)?(?: [ap]m)?)"
    r"(?P<zone> [^\d\s]{1,5}(?:[+-]\d\d?:?\d{0,2})?| [+-]\d{4})? (?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def read_time(text: str, imprint: Imprint = NOWHERE) -> Stamp | None:
    """The first time in ``text``, or None; ``imprint`` tells how its site writes.

    ``when`` is aware only if the text names an offset or a zone that is one in the world; a name that means several is
    in ``zone_name``.
    """
    if not text:
        return None
    plain = folded(text[:MAX_LENGTH])
    if plain.isascii() and not _DIGIT.search(plain):
        return read_relative(plain, imprint)
    return _by_machine(plain, imprint) or next(iter(read_times(plain, imprint)), None) or read_relative(plain, imprint)


def read_times(plain: str, imprint: Imprint) -> list[Stamp]:
    """Every time that the folded text prints with its day and year, in page order; of one day in two calendars one."""
    days = find_days(plain, imprint)
    if any(day.gregorian for day in days):
        days = [day for day in days if day.gregorian]
    return [stamp for day in days if (stamp := _printed(plain, day, imprint))]


def _printed(plain: str, day: Found, imprint: Imprint) -> Stamp | None:
    clock = clock_beside(plain, day.start, day.end, imprint)
    evidence = plain if len(plain) < 80 else plain[day.start : max(day.end, clock.end if clock else 0)]
    return _stamp(day.day, clock, evidence)


def _by_machine(plain: str, imprint: Imprint) -> Stamp | None:
    """A time as programs write it."""
    if len(_DIGIT.findall(plain)) < FEWEST_DIGITS:
        return None
    if epoch := _EPOCH.match(plain):
        return _since_1970(epoch, plain)
    if (match := _ISO.search(plain)) and (day := _reckoned(match, imprint)):
        clock, end = _clock_after_iso(plain, match.end(), imprint)
        return _stamp(day, clock, plain[match.start() : end])
    if (match := _COMPACT.search(plain)) and (day := _reckoned(match, imprint)):
        clock = _bare_clock(match, plain, match.end(), imprint) if match["hour"] else None
        return _stamp(day, clock, plain[match.start() : clock.end if clock else match.end()])
    if match := _YEAR_AT_END.search(plain):
        return _clock_inside(match, imprint)
    return None


def _since_1970(epoch: re.Match[str], plain: str) -> Stamp | None:
    whole = epoch[1].partition(".")[0]
    seconds = int(whole) / {13: 1_000, 16: 1_000_000}.get(len(whole), 1)
    when = datetime.fromtimestamp(seconds, UTC)
    if offset := epoch["offset"]:
        east = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
        when = when.astimezone(timezone(east if offset[0] == "+" else -east))
    return _checked(when, "second", plain.strip())


def _reckoned(match: re.Match[str], imprint: Imprint) -> date | None:
    counted = calendar_of(int(match["year"]), imprint.language, imprint.country)
    return day_of(*counted, int(match["month"]), int(match["day"])) if counted else None


def _clock_after_iso(plain: str, end: int, imprint: Imprint) -> tuple[Clock | None, int]:
    if not (mark := _BEFORE_CLOCK.match(plain, end)):
        return clock_beside(plain, max(0, end - 10), end, imprint), len(plain)
    clock = first_clock(plain, mark.end(), imprint)
    if clock is None and (bare := _BARE_CLOCK.match(plain, mark.end())):
        clock = _bare_clock(bare, plain, bare.end(), imprint)
    return clock or clock_beside(plain, max(0, end - 10), end, imprint), clock.end if clock else end


def _bare_clock(match: re.Match[str], plain: str, end: int, imprint: Imprint) -> Clock:
    zone = zone_after(plain, end, imprint.places)
    return Clock(
        int(match["hour"]), int(match["minute"]), int(match["second"] or 0), "second" if match["second"] else "minute",
        zone.at if zone else None, zone.name if zone else None, match.start(), zone.end if zone else end,
    )  # fmt: skip


def _clock_inside(match: re.Match[str], imprint: Imprint) -> Stamp | None:
    names = [month for month in months_named(match["name"], imprint.language) if month.calendar == "gregorian"]
    day = day_of("gregorian", int(match["year"]), names[0].number, int(match["day"])) if names else None
    clock = first_clock(match["clock"] + (match["zone"] or ""), 0, imprint)
    return _stamp(day, clock, match[0]) if day and clock else None


def _stamp(day: date, clock: Clock | None, evidence: str) -> Stamp | None:
    if clock is None:
        return _checked(datetime.combine(day, time()), "day", evidence)
    turn = timedelta(days=1) if clock.hour == 24 else timedelta()
    at = time(clock.hour % 24, clock.minute, clock.second, tzinfo=clock.zone)
    return _checked(datetime.combine(day + turn, at), clock.precision, evidence, clock.zone_name)


def _checked(when: datetime, precision: Precision, evidence: str, zone_name: str | None = None) -> Stamp | None:
    if when.year < OLDEST or (when.year == 1970 and when.month == when.day == 1):
        return None
    return Stamp(when, precision, " ".join(evidence.split())[:200], when.tzinfo, zone_name)
