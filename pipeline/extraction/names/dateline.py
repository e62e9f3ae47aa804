"""Datelines: the place, date and agency that open a wire story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from copydesk.pipeline.extraction.names.agency import named_in, usual_name
from copydesk.pipeline.extraction.time.months import months

_DASH: Final = r"(?:--?|[—–―])"
_SIGNED: Final = re.compile(
    rf"(?P<before>[^()\n]{{0,70}}?)\s?\((?P<agency>[^()\n\d]{{2,40}})\)\s{{0,2}}(?:{_DASH}|:)\s{{0,2}}"
)
_CAPITALS: Final = re.compile(r"(?P<before>[^()\n—–]{3,70}?)\s{1,2}(?:--|[—–―])\s{1,2}")
_BRACKETS: Final = re.compile(r"【(?P<inside>[^】\n]{2,30})】\s?")
_DATE: Final = re.compile(
    r"(?:^|,\s?|\s)(?:"
    r"(?P<name>[^\W\d_]{3,12})\.?\s(?P<day>\d{1,2})"  # June 30
    r"|(?P<first>\d{1,2})\.?(?:\s(?:de\s)?(?P<last>[^\W\d_]{3,12}))?"  # 30 juin, 30. Juni, 30
    r")\.?$"
)
_PLACE: Final = re.compile(r"[^\W\d_][\w.'’/-]*(?:,?\s[\w.'’/-]+){0,6}")
_PARTICLES: Final = frozenset(
    {"de", "la", "las", "los", "el", "del", "da", "do", "du", "des", "le", "am", "an", "of", "on", "the", "sur"}
)


@dataclass(frozen=True)
class Filed:
    """A dateline as printed. ``day`` and ``month`` are of filing; a year is never printed."""

    text: str
    place: str | None
    agency: str | None
    day: int | None = None
    month: int | None = None

    def on(self, near: date) -> date | None:
        """The day of filing, given the day of publication: the last such day before it, or the day after it."""
        if self.day is None:
            return None
        latest = near + timedelta(days=1)
        for back in range(13):
            year, month = divmod(latest.year * 12 + latest.month - 1 - back, 12)
            if self.month in (None, month + 1):
                try:
                    found = date(year, month + 1, self.day)
                except ValueError:
                    continue
                if found <= latest:
                    return found
        return None


def find_dateline(lede: str) -> Filed | None:
    """The place, date and agency that open a wire story: ``SEOUL, June 30 (Yonhap) --``.

    Args:
        lede: first paragraph of the body, as printed.
    Returns:
        The dateline as printed, dash included, at the start of ``lede``; None when the paragraph opens without one.
    Reference:
        AP Stylebook, "datelines".
    """
    if match := _BRACKETS.match(lede):
        agency = named_in(match["inside"]) or _known_ending(match["inside"])
        return Filed(match[0].rstrip(), _place_before(match["inside"]), agency) if agency else None
    if match := _SIGNED.match(lede):
        agency = match["agency"].strip()
        if usual_name(agency) is None and not _is_name(agency):
            return None
        return _filed(match[0], match["before"], usual_name(agency) or agency)
    if (match := _CAPITALS.match(lede)) and match["before"].split(",")[0].isupper():
        return _filed(match[0], match["before"], None)
    return None


def _filed(text: str, before: str, agency: str | None) -> Filed | None:
    day, month, place = None, None, before.strip(" ,.")
    if found := _DATE.search(place):
        named = months().get((found["name"] or found["last"] or "").casefold())
        if named or not (found["name"] or found["last"]):
            day, month = int(found["day"] or found["first"]), named
            place = place[: found.start()].strip(" ,.")
    if place and not _is_place(place):
        return None
    return Filed(text.rstrip(), place or None, agency, day, month)


def _is_place(text: str) -> bool:
    return bool(_PLACE.fullmatch(text)) and all(
        word[0].isupper() or not word[0].isalpha() or word in _PARTICLES or not word[0].islower()
        for word in re.split(r"[\s,/]+", text)
        if word
    )


def _is_name(text: str) -> bool:
    """Whether an agency we do not know could be called so: a few capitalised words."""
    words = text.split()
    return len(words) <= 3 and all(word[0].isupper() for word in words)


def _known_ending(inside: str) -> str | None:
    return next((name for start in range(len(inside)) if (name := usual_name(inside[start:]))), None)


def _place_before(inside: str) -> str | None:
    for start in range(1, len(inside)):
        if usual_name(inside[start:]):
            return inside[:start].strip(" =＝・") or None
    return None
