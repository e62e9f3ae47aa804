"""Which time zone a page's times are in, when the page does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pipeline.extraction.page import Stamp

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
        Zone ``unknown`` leaves the clock's reading with +00:00: the truth lies within half a day of it.
    """
    if stamp.when.tzinfo is not None:
        return Instant(stamp.when, "explicit", stamp.evidence)
    if stamp.zone is not None:
        return Instant(stamp.when.replace(tzinfo=stamp.zone), "explicit", stamp.evidence)
    country = (domain or "").rpartition(".")[2]
    for kind, name, why in (
        ("city", place.partition(",")[0] if place else "", f"dateline {place}"),
        ("country", country, f"domain .{country}"),
        ("country", LANGUAGE_COUNTRY.get(language, ""), f"language {language}"),
    ):
        if zone := _zones().get((kind, name.strip().casefold())):
            return Instant(stamp.when.replace(tzinfo=ZoneInfo(zone)), "inferred", f"{stamp.evidence}; {zone} by {why}")
    return Instant(stamp.when.replace(tzinfo=UTC), "unknown", stamp.evidence)


@cache
def _zones() -> dict[tuple[str, str], str]:
    lines = files("pipeline.extraction").joinpath("data/zones.csv").read_text(encoding="utf-8").splitlines()
    rows = (line.rsplit(",", 1) for line in lines if not line.startswith("#"))
    return {(head.partition(",")[0], head.partition(",")[2].strip('"')): zone for head, zone in rows}
