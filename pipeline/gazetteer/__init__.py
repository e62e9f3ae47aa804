"""Places of the world by name: 230,000 towns, 300 seas and mountains, regions, countries. GeoNames data, CC BY 4.0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import marisa_trie
import numpy as np
import numpy.typing as npt

from copydesk.pipeline.gazetteer.table import ALIAS, CAPITAL, COUNTRY, KINDS, NO_ZONE, fold

DATA: Final = Path(__file__).with_name("data")
MOST: Final = 40  # namesakes looked at, the first in the table's order: countries, regions, then the most populous
REMEMBERED: Final = 16_384  # names; most that are asked for belong to no place

Kind = Literal["city", "county", "region", "country", "natural"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. Degrees are WGS 84; ``country`` is ISO 3166-1 alpha-2, ``admin1`` GeoNames' code of the region."""

    geoname_id: int
    kind: Kind
    latitude: float
    longitude: float
    country: str
    admin1: str | None
    population: int
    timezone: str | None
    capital: bool = False
    alias: bool = False
    """Whether the name it was looked up by is not its own: another language's, an old one, one without "County"."""


@lru_cache(REMEMBERED)
def candidates(name: str) -> tuple[Entry, ...]:
    """The places called ``name``, in any case: countries and regions first, then the most populous."""
    if not name.isprintable():  # nor is any name in it; marisa-trie fails on keys with NUL
        return ()
    numbers = sorted((number & ~ALIAS, number >= ALIAS) for (number,) in _names().get(fold(name), ()))
    return tuple(_entry(number, alias) for number, alias in numbers[:MOST])


def country(code: str) -> tuple[Entry, ...]:
    """The country with an ISO 3166-1 alpha-2 code, if there is one."""
    return tuple(_entry(number, alias=False) for number in _countries().get(code, ()))


@cache
def _countries() -> dict[str, tuple[int]]:
    rows = _table()[:300]  # they come first
    return {row["country"].decode(): (number,) for number, row in enumerate(rows) if row["kind"] == COUNTRY}


def _entry(number: int, alias: bool) -> Entry:
    row: Any = _table()[number]
    return Entry(
        geoname_id=int(row["geoname_id"]),
        kind=KINDS[row["kind"]],
        latitude=round(float(row["latitude"]), 5),
        longitude=round(float(row["longitude"]), 5),
        country=row["country"].decode(),
        admin1=row["admin1"].decode() or None,
        population=int(row["population"]),
        timezone=None if row["zone"] == NO_ZONE else _zones()[row["zone"]],
        capital=bool(row["kind"] == CAPITAL),
        alias=alias,
    )


@cache
def _names() -> Any:
    return marisa_trie.RecordTrie("<I").mmap(str(DATA / "names.marisa"))


@cache
def _table() -> npt.NDArray[Any]:
    table: npt.NDArray[Any] = np.load(DATA / "places.npy", mmap_mode="r")
    return table


@cache
def _zones() -> list[str]:
    return (DATA / "zones.txt").read_text(encoding="utf-8").splitlines()
