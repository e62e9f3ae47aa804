"""The layout of the gazetteer's table, for who writes it and who reads it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np

CITY, REGION, COUNTRY, COUNTY, NATURAL, CAPITAL = range(6)
KINDS: Final = ("city", "region", "country", "county", "natural", "city")
NO_ZONE: Final = 0xFFFF
ALIAS: Final = 1 << 31  # on the number of a place under a name that is not its own

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

_SHORT: Final = {"st.": "saint", "st": "saint", "ste.": "sainte", "mt.": "mount", "mt": "mount", "ft.": "fort"}
_MARKS: Final = re.compile("[\u0300-\u036f]")  # the accents of Latin, Greek and Cyrillic letters


def fold(name: str) -> str:
    """A name as it is looked up: case, accents, hyphens and the space round it do not matter; St. is Saint."""
    plain = name.casefold()
    if not plain.isascii():
        plain = plain.replace("’", "'").replace("‘", "'")
        plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))
    words = plain.replace("-", " ").split()
    return " ".join(_SHORT.get(word, word) for word in words)
