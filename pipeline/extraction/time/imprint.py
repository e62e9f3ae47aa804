"""What is known of the site that prints a time: its country, its language, how it orders day and month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.folding import folded

LONGEST: Final = 80  # characters of a text among whose dates one may tell the order
OPEN_SECOND: Final = frozenset({"com", "co", "org", "net", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "go", "gen"})

_REGION: Final = re.compile(r"^([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}))?(?![a-z])", re.IGNORECASE)
_IN_PATH: Final = re.compile(r"//[^/]+/([a-z]{2})[-_]([a-z]{2})(?:/|$)", re.IGNORECASE)
_HOST: Final = re.compile(r"//(?:[^/@?#]*@)?([^/:?#]+)")
_NUMERIC: Final = re.compile(r"(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2(?:20)?\d\d(?![\d/.-])")


@dataclass(frozen=True)
class Imprint:
    """``country`` (ISO 3166) and ``language`` (ISO 639) in lower case; relative times count from ``fetched_at``."""

    country: str | None = None
    language: str | None = None
    order: str | None = None  # of day (d), month (m) and year (y): "mdy"
    fetched_at: datetime | None = None
    texts: Sequence[str] = field(default=(), repr=False, compare=False)

    @property
    def year_first(self) -> bool:
        """Whether a date of three pairs of digits begins with its year."""
        return self.order == "ymd"

    @cached_property
    def month_first(self) -> bool:
        """Whether 3/4/2026 is of March: as the page's other dates tell, else by the country or language."""
        return self.order == "mdy" if self.printed_order is None else self.printed_order

    @cached_property
    def printed_order(self) -> bool | None:
        """Whether the month comes first in the page's other dates; None where none of them tells."""
        return _order_in(self.texts)

    @property
    def places(self) -> tuple[str | None, str | None]:
        """What tells names apart that mean one thing here and another there."""
        return self.country, self.language


NOWHERE: Final = Imprint()


def imprint_of(
    url: str | None, tags: Iterable[str | None], fetched_at: datetime | None, texts: Sequence[str] = ()
) -> Imprint:
    """The imprint of a page.

    Args:
        tags: languages the page declares, as in ``<html lang>`` or ``og:locale``, the weightiest first.
        texts: lines of the page, among whose dates one may be written in one order only.
    Returns:
        The order is that of the country, else of the language.
    """
    told = [match for tag in tags if tag and (match := _REGION.match(tag.strip()))]
    language = next((match[1].lower() for match in told), None)
    region = next((match[2].lower() for match in told if match[2]), None)
    country = country_of(url) or region
    order = _orders().get(f"-{country}") if country else None
    if order is None and (country is None or language not in (None, "en")):
        order = _orders().get(language or "")
    return Imprint(country, language, order, fetched_at, texts)


def region_of(tag: str | None) -> str | None:
    """The country in a language tag: ``en-IN``."""
    match = _REGION.match((tag or "").strip())
    return match[2].lower() if match and match[2] else None


def country_of(url: str | None) -> str | None:
    """The country that an address or a host name tells by its top-level domain, unless that is sold to all."""
    if not url:
        return None
    host = _HOST.search(url[:2_000])
    labels = (host[1] if host else "" if "/" in url else url).lower().rstrip(".").split(".")
    last = labels[-1]
    if len(labels) > 1 and len(last) == 2 and last.isalpha() and last not in ("eu", "su"):
        if last not in _vanity() or (len(labels) > 2 and labels[-2] in OPEN_SECOND):
            return "gb" if last == "uk" else last
        return None
    path = _IN_PATH.search(url[:2_000])
    return path[2].lower() if path else None


def is_either_way(text: str) -> bool:
    """Whether ``text`` may hold a date like 3/4/2026, whose order has to be known."""
    return _NUMERIC.search(folded(text)) is not None


def _order_in(texts: Iterable[str]) -> bool | None:
    """Whether the month comes first in dates of ``texts`` that can be read one way only; None where they disagree."""
    found = set()
    for text in texts:
        if len(text) > LONGEST or not any(mark in text for mark in "/.-"):
            continue
        for first, _, other in _NUMERIC.findall(folded(text)):
            if (int(first) > 12) != (int(other) > 12) and max(int(first), int(other)) <= 31:
                found.add(int(other) > 12)
    return found.pop() if len(found) == 1 else None


@cache
def _orders() -> dict[str, str]:
    table = (line.split() for line in data_lines(__file__, "orders.txt"))
    return {place: order for order, *places in table for place in places}


@cache
def _vanity() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "vanity_tlds.txt")).split())
