"""Reads a time as pages write it, in attributes and in print, without ever guessing a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, Literal

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.months import months

MAX_LENGTH: Final = 300  # characters of a text in which a time is looked for
OLDEST: Final = 1900

_ZONE: Final = r"(?P<zone>Z\b|UTC|GMT|[+-]\d{1,2}:?\d{2}\b|[+-]\d\d\b|\b[A-Z]{2,4}[TZKB]\b)?"
_CLOCK: Final = (
    r"(?P<part>오전|오후|午前|午後|上午|下午)?\s?(?P<hour>\d{1,2})\s?(?:[:.h]|uhr|時|시)\s?(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?:분|分)?"
    r"\s{0,2}(?P<half>[ap]\.?\s?m\b\.?)?\s{0,2}(?:uhr|hrs|h\b)?\s{0,2}\(?"
)
_ISO: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:(?:[T ]|\s{1,3})" + _CLOCK + r"\s?" + _ZONE + ")?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:T?(?P<hour>[0-2]\d):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)?" + _ZONE + r")?(?!\d)"
)
_EPOCH: Final = re.compile(r"^\s*(\d{10}|\d{13})\s*$")
_CTIME: Final = re.compile(
    r"(?P<name>[A-Z][a-z]{2}) {1,2}(?P<day>\d\d?) " + _CLOCK + r"\s?" + _ZONE + r" (?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_DAYS: Final = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[/.年년-]\s?(?P<month>\d\d?)\s?[/.月월-]\s?(?P<day>\d\d?)(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d\d?)(?:\.|st|nd|rd|th|º|er)?[\s/-]{1,3}(?:de |of )?(?P<name>[^\W\d_]{3,14})\.?,?[\s/-]{1,3}"
        r"(?:de |del )?(?P<year>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?P<name>[^\W\d_]{3,14})\.?\s{1,2}(?P<day>\d\d?)(?:st|nd|rd|th)?\s?,?\s{1,2}"
        r"(?P<year>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\d)(?P<first>\d\d?)\s?(?P<mark>[./-])\s?(?P<other>\d\d?)\s?[./-]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
    ),
)
_TIME_AFTER: Final = re.compile(r"^.{0,30}?(?<!\d)" + _CLOCK + r"\s?" + _ZONE, re.IGNORECASE)
_TIME_BEFORE: Final = re.compile(
    r"(?<!\d)" + _CLOCK + r"\s?" + _ZONE + r"\W{0,10}(?:\w{1,12}\W{1,3}){0,2}$", re.IGNORECASE
)


def read_time(text: str, month_first: bool = False) -> Stamp | None:
    """The first time in ``text``, or None. ``month_first`` reads 03/04/2025 the American way.

    ``when`` is aware only if the text names an offset or UTC, or an abbreviation that means one offset in the world.
    """
    text = text[:MAX_LENGTH]
    if epoch := _EPOCH.match(text):
        seconds = int(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)
        return _stamp(datetime.fromtimestamp(seconds, UTC), "second", text.strip())
    if (match := _ISO.search(text)) or (match := _COMPACT.search(text)):
        return _made(match.groupdict(), match[0])
    if match := _CTIME.search(text):
        return _made(_ordered(match.groupdict(), month_first), match[0])
    for pattern in _DAYS:
        for match in list(pattern.finditer(text))[:3]:
            found = match.groupdict() | _clock_near(text, match)
            if stamp := _made(_ordered(found, month_first), text if len(text) < 80 else match[0]):
                return stamp
    return None


def _clock_near(text: str, day: re.Match[str]) -> dict[str, str | None]:
    after = _TIME_AFTER.match(text[day.end() : day.end() + 60])
    before = None if after else _TIME_BEFORE.search(text[max(0, day.start() - 45) : day.start()])
    clock = after or before
    return clock.groupdict() if clock else {}


def _ordered(found: dict[str, str | None], month_first: bool) -> dict[str, str | None]:
    """Names turned to month numbers, and day and month told apart where both are numbers."""
    if name := found.get("name"):
        number = months().get(name.casefold())
        return {**found, "month": str(number) if number else None}
    if found.get("first"):
        first, other = str(found["first"]), str(found["other"])
        american = int(other) > 12 or (month_first and found["mark"] == "/" and int(first) <= 12)
        found = {**found, "month": first if american else other, "day": other if american else first}
        if len(str(found["year"])) == 2:
            found["year"] = f"20{found['year']}"
    return found


def _made(found: dict[str, str | None], evidence: str) -> Stamp | None:
    if not (found.get("year") and found.get("month") and found.get("day")):
        return None
    precision: Literal["day", "minute", "second"] = "day"
    hour, minute, second = int(found.get("hour") or 0), int(found.get("minute") or 0), int(found.get("second") or 0)
    if found.get("minute"):
        precision = "second" if found.get("second") else "minute"
    half = "p" if found.get("part") in ("오후", "午後", "下午") else (found.get("half") or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        zone = _zone(found.get("zone"))
        when = datetime(
            int(str(found["year"])),
            int(str(found["month"])),
            int(str(found["day"])),
            hour,
            minute,
            min(second, 59),
            tzinfo=zone,
        )
    except ValueError:
        return None
    return _stamp(when, precision, evidence)


def _stamp(when: datetime, precision: Literal["day", "minute", "second"], evidence: str) -> Stamp | None:
    if when.year < OLDEST or (when.year == 1970 and when.month == when.day == 1):
        return None
    return Stamp(when, precision, " ".join(evidence.split())[:200], when.tzinfo)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.upper()
    if name in ("Z", "UTC", "GMT"):
        return UTC
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or minutes > 59:
            return None
        return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    minutes_east = _abbreviations().get(name)
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east), name)


@cache
def _abbreviations() -> dict[str, int]:
    table = (line.split()[:2] for line in data_lines(__file__, "zone_names.txt"))
    return {name: int(minutes) for name, minutes in table}
