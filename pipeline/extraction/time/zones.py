"""Which time zone a page's times are in, when the page does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.imprint import country_of, region_of
from copydesk.pipeline.extraction.time.zone_names import named_at, offset_of
from copydesk.pipeline.gazetteer import candidates


@dataclass(frozen=True)
class Instant:
    """A moment, how its zone is known, and what decided."""

    at: datetime
    zone: Literal["explicit", "inferred", "unknown"]
    evidence: str


def instant(stamp: Stamp, place: str | None, domain: str | None, language: str, declared: str | None = None) -> Instant:
    """``stamp`` as a moment: in the zone it names, else that of the dateline, the publisher's country, the language.

    Args:
        place: where the story was filed, as its dateline says.
        domain: the publisher's; only a country's top-level domain speaks.
        language: ISO 639-1, of the text.
        declared: what the page's markup says of its language; its region is a country.
    Returns:
        A name that means several zones is read by what tells the zone, and is ``inferred``. A day without a clock is in
        no zone: it stays the day that is printed, as midnight +00:00 of zone ``unknown``. Zone ``unknown`` leaves the
        clock's reading with +00:00: the truth lies within half a day of it.
    """
    if stamp.reckoned:
        return Instant(stamp.when, "inferred", f"{stamp.evidence}; reckoned from the fetch")
    zone = stamp.when.tzinfo or stamp.zone
    if zone is not None:
        return Instant(stamp.when.replace(tzinfo=zone), "explicit", stamp.evidence)
    if stamp.precision == "day":  # in a zone east of Greenwich its instant would fall on the day before
        return Instant(stamp.when.replace(tzinfo=UTC), "unknown", stamp.evidence)
    own, region = country_of(domain), region_of(declared)
    for name, why in (
        (_zone_of_place(place), f"dateline {place}"),
        (_zone_of_country(own), f"domain .{(domain or '').rpartition('.')[2]}"),
        (_zone_of_country(None if own else region), f"declared language {declared}"),
        (_zone_of_language(None if own or region else language), f"language {language}"),
    ):
        if name and (stamp.zone_name is None or named_at(name, stamp.zone_name, stamp.when)):
            return Instant(stamp.when.replace(tzinfo=ZoneInfo(name)), "inferred", f"{stamp.evidence}; {name} by {why}")
    meant = offset_of(stamp.zone_name, (own or region, language)) if stamp.zone_name else None
    if meant is not None:
        return Instant(stamp.when.replace(tzinfo=meant), "inferred", f"{stamp.evidence}; as the name is mostly meant")
    return Instant(stamp.when.replace(tzinfo=UTC), "unknown", stamp.evidence)


def _zone_of_place(place: str | None) -> str | None:
    """The time at a dateline's place: its largest namesake is meant, unless the dateline says more."""
    cities = [entry for entry in candidates((place or "").partition(",")[0]) if entry.kind == "city"]
    return cities[0].timezone if cities else None


def _zone_of_country(code: str | None) -> str | None:
    return _countries().get(code or "")


def _zone_of_language(code: str | None) -> str | None:
    return _zone_of_country(_countries_of_languages().get(code or ""))


@cache
def _countries() -> dict[str, str]:
    return dict(line.split(",") for line in data_lines(__file__, "zones.csv"))


@cache
def _countries_of_languages() -> dict[str, str]:
    return dict(line.split(",") for line in data_lines(__file__, "language_countries.csv"))
