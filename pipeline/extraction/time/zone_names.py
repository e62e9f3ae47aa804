"""Zones as pages and programs print them behind a clock: offsets, names, abbreviations, names of the IANA database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.folding import name_key

ANYWHERE: Final = "!"  # what a name means where the site's country does not use it for something else
MOSTLY: Final = "*"  # what is most often meant where nothing tells
Places = Sequence[str | None]  # countries and languages, the first to know a name tells what it means
MOST_WORDS: Final = 4
OFFSETS: Final = (timedelta(hours=-12), timedelta(hours=14))

_OFFSET: Final = re.compile(
    r"[\s\[(,]{0,3}(?:(?P<base>GMT|UTC|UT|Z)\s?(?:±\s?0+(?::00)?|(?P<based>[+–-]\s?\d{1,2}(?:[:.]?\d\d)?)(?!\d)|(?![\w+/–-]))"
    r"|(?P<bare>[+-](?:\d\d(?::?\d\d)?|\d:?\d\d))(?![\d:.])|(?P<letter>Z)(?!\w))",
    re.IGNORECASE,
)
_IANA: Final = re.compile(r"[\s\[(,]{0,3}([A-Z][A-Za-z]+(?:/[A-Z][\w+-]*){1,2})")
_WORD: Final = re.compile(r"[\s\[(,]{0,3}((?:[^\W\d]|[.'\u0300-\u0dff\u0e30-\u0e4e])+)")


class Zone(NamedTuple):
    """A zone as printed: ``at``, or what it is where names mean several, ``name``; ``end`` of it in the text."""

    at: tzinfo | None
    name: str | None
    end: int


def zone_after(text: str, start: int, places: Places = ()) -> Zone | None:
    """The zone that ``text`` names from ``start`` on, next to the clock that ends there.

    A name that means several is read by the country of ``places``; where that does not tell, it stays a name.
    """
    if match := _OFFSET.match(text, start):
        offset = match["based"] or match["bare"]
        at = _offset(offset) if offset else UTC
        return Zone(at, None, match.end()) if at else None
    if (match := _IANA.match(text, start)) and (at := _iana(match[1])):
        return Zone(at, None, match.end())
    return _by_name(text, start, places)


def offset_of(name: str, places: Places) -> tzinfo | None:
    """What a ``name`` that means several means in the first of ``places`` that knows it, else most often."""
    meanings = _names().get(name, {})
    known = next((place for place in places if place and place in meanings), MOSTLY)
    told = meanings.get(known)
    return _made(told, name.upper()) if told else None


def _by_name(text: str, start: int, places: Places) -> Zone | None:
    names, at, best = _names(), start, None
    words: list[str] = []
    for _ in range(MOST_WORDS):
        match = _WORD.match(text, at)
        if match is None:
            break
        words.append(name_key(match[1]))
        at = match.end()
        name = " ".join(words)
        if (meanings := names.get(name)) is not None:
            here = next((place for place in places if place and len(place) == 2 and place in meanings), ANYWHERE)
            told = meanings.get(here)
            best = Zone(_made(told, name.upper()) if told else None, None if told else name, at)
    return best


def _offset(printed: str) -> tzinfo | None:
    sign = -1 if printed[0] in "-–" else 1
    digits = re.sub(r"\D", "", printed)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    east = sign * timedelta(hours=hours, minutes=minutes)
    return timezone(east) if minutes < 60 and OFFSETS[0] <= east <= OFFSETS[1] else None


def _iana(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _made(told: str, name: str) -> tzinfo:
    if "/" in told:
        return ZoneInfo(told)
    return timezone(timedelta(minutes=int(told)), name) if told != "0" else UTC


@cache
def _names() -> dict[str, dict[str, str]]:
    """What each name means, by country or language; by ``ANYWHERE`` and ``MOSTLY``."""
    found: dict[str, dict[str, str]] = {}
    for line in data_lines(__file__, "zone_names.txt"):
        name, told, *places = line.split()
        meanings = found.setdefault(name_key(name.replace("_", " ")), {})
        meanings |= dict.fromkeys(places or [ANYWHERE], told)
    return found


def named_at(zone: str, name: str, when: datetime) -> bool:
    """Whether the clocks of a zone of the IANA database are called so, or show what ``name`` may mean."""
    local = when.replace(tzinfo=ZoneInfo(zone))
    if name_key(local.tzname() or "") == name:
        return True
    return any(_made(told, name).utcoffset(when) == local.utcoffset() for told in _names().get(name, {}).values())
