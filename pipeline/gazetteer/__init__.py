"""Places of the world by name: 170,000 cities and towns, countries, states. GeoNames data, CC BY 4.0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import marisa_trie
import numpy as np
import numpy.typing as npt

from pipeline.gazetteer.table import KINDS, fold

DATA: Final = Path(str(files("pipeline.gazetteer"))) / "data"
MOST: Final = 24  # namesakes looked at, the largest first


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. Degrees are WGS 84; ``country`` is ISO 3166-1 alpha-2, ``admin1`` GeoNames' code of the region."""

    geoname_id: int
    name: str
    kind: Literal["city", "region", "country"]
    latitude: float
    longitude: float
    country: str
    admin1: str | None
    population: int
    timezone: str


def candidates(name: str) -> tuple[Entry, ...]:
    """The places called ``name``, in any case: countries and regions first, then the most populous."""
    if not name.isprintable():  # nor is any name in it; marisa-trie fails on keys with NUL
        return ()
    numbers = sorted(number for (number,) in _names().get(fold(name), ()))
    found = [_entry(number) for number in numbers[-MOST:] + numbers[:MOST]]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda e: (e.kind == "city", -e.population, e.geoname_id)))[:MOST]


def _entry(number: int) -> Entry:
    row: Any = _table()[number]
    return Entry(
        geoname_id=int(row["geoname_id"]),
        name=_labels()[number],
        kind=KINDS[row["kind"]],
        latitude=round(float(row["latitude"]), 5),
        longitude=round(float(row["longitude"]), 5),
        country=row["country"].decode(),
        admin1=row["admin1"].decode() or None,
        population=int(row["population"]),
        timezone=_zones()[row["zone"]],
    )


@cache
def _names() -> Any:
    return marisa_trie.RecordTrie("<I").mmap(str(DATA / "names.marisa"))


@cache
def _table() -> npt.NDArray[Any]:
    table: npt.NDArray[Any] = np.load(DATA / "places.npy", mmap_mode="r")
    return table


@cache
def _labels() -> list[str]:
    return (DATA / "labels.txt").read_text(encoding="utf-8").splitlines()


@cache
def _zones() -> list[str]:
    return (DATA / "zones.txt").read_text(encoding="utf-8").splitlines()
