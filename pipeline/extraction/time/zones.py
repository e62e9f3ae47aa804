"""Which time zone a page's times are in, when the page does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.gazetteer import candidates

# Languages that are written in one time zone.
LANGUAGE_COUNTRY: Final = {
    "ja": "jp",
    "ko": "kr",
    "pl": "pl",
    "cs": "cz",
    "da": "dk",
    "fi": "fi",
    "he": "il",
    "th": "th",
}


@dataclass(frozen=True)
class Instant:
    """A moment, how its zone is known, and what decided."""

    at: datetime
    zone: Literal["explicit", "inferred", "unknown"]
    evidence: str


def instant(stamp: Stamp, place: str | None, domain: str | None, language: str) -> Instant:
    """``stamp`` as a moment: in the zone it names, else that of the dateline, the publisher's country, the language.

    Args:
        place: where the story was filed, as its dateline says.
        domain: the publisher's; only a country's top-level domain speaks.
        language: ISO 639-1.
    Returns:
        A day without a clock is in no zone: it stays the day that is printed, as midnight +00:00 of zone ``unknown``.
        Zone ``unknown`` leaves the clock's reading with +00:00: the truth lies within half a day of it.
    """
    if stamp.when.tzinfo is not None:
        return Instant(stamp.when, "explicit", stamp.evidence)
    if stamp.zone is not None:
        return Instant(stamp.when.replace(tzinfo=stamp.zone), "explicit", stamp.evidence)
    if stamp.precision == "day":  # in a zone east of Greenwich its instant would fall on the day before
        return Instant(stamp.when.replace(tzinfo=UTC), "unknown", stamp.evidence)
    country = (domain or "").rpartition(".")[2]
    for zone, why in (
        (_zone_of_place(place), f"dateline {place}"),
        (_zone_of_country(country), f"domain .{country}"),
        (_zone_of_country(LANGUAGE_COUNTRY.get(language, "")), f"language {language}"),
    ):
        if zone:
            return Instant(stamp.when.replace(tzinfo=ZoneInfo(zone)), "inferred", f"{stamp.evidence}; {zone} by {why}")
    return Instant(stamp.when.replace(tzinfo=UTC), "unknown", stamp.evidence)


def _zone_of_place(place: str | None) -> str | None:
    """The time at a dateline's place: its largest namesake is meant, unless the dateline says more."""
    cities = [entry for entry in candidates((place or "").partition(",")[0]) if entry.kind == "city"]
    return cities[0].timezone if cities else None


def _zone_of_country(code: str) -> str | None:
    return _countries().get(code)


@cache
def _countries() -> dict[str, str]:
    return dict(line.split(",") for line in data_lines(__file__, "zones.csv"))
