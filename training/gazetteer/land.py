"""Makes ``copydesk/serving/static/land.json``: where people live, as dots of a degree, from the shipped gazetteer.

usage: python -m training.gazetteer.land

It is what the live page draws its map of. Source: GeoNames (CC BY 4.0), by way of pipeline/gazetteer/data/places.npy.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from copydesk.pipeline.gazetteer.table import CAPITAL, CITY
from training.manifest import record

PLACES = Path("pipeline/gazetteer/data/places.npy")
OUTPUT = Path("copydesk/serving/static/land.json")


def main() -> None:
    """Write the dots, as [longitude, latitude] of the middle of each square degree that holds a city."""
    table = np.load(PLACES)
    cities = table[np.isin(table["kind"], (CITY, CAPITAL))]
    dots = {(int(np.floor(one["longitude"])), int(np.floor(one["latitude"]))) for one in cities}
    OUTPUT.write_text(json.dumps([[x + 0.5, y + 0.5] for x, y in sorted(dots)], separators=(",", ":")) + "\n")
    record(__file__, OUTPUT.resolve())


if __name__ == "__main__":
    main()
