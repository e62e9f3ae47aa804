"""The layout of the gazetteer's table, for who writes it and who reads it."""

from __future__ import annotations

from typing import Final

import numpy as np

CITY, REGION, COUNTRY = range(3)
KINDS: Final = ("city", "region", "country")

PLACE: Final = np.dtype(
    [
        ("geoname_id", "<u4"),
        ("latitude", "<f4"),
        ("longitude", "<f4"),
        ("population", "<u4"),
        ("kind", "u1"),
        ("zone", "<u2"),
        ("country", "S2"),
        ("admin1", "S10"),
    ]
)


def fold(name: str) -> str:
    """A name as it is looked up: case and the space round it do not matter."""
    return " ".join(name.casefold().replace("’", "'").split())
