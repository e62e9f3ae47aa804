"""What the people and things of a place are called: "Kenyan", "Texans"."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.gazetteer import DATA, Entry, candidates
from copydesk.pipeline.gazetteer.table import fold


def of_people(name: str) -> tuple[Entry, ...]:
    """The country, region or city whose people are called ``name``, one or many of them; else nothing."""
    words = fold(name)
    place = _places().get(words) or _places().get(words.removesuffix("'s")) or _places().get(words.removesuffix("s"))
    return candidates(place)[:1] if place else ()


@cache
def _places() -> dict[str, str]:
    lines = (DATA / "demonyms.txt").read_text(encoding="utf-8").splitlines()
    table = (line.split("\t") for line in lines if not line.startswith("#"))
    return {fold(word): place for place, words in table for word in words.split("|")}
