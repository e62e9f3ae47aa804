"""Places with coordinates: each named place is one of its namesakes, chosen by the rest of the text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.annotation.agreement import agreement
from pipeline.annotation.namesakes import namesakes
from pipeline.gazetteer import Entry
from pipeline.gazetteer.demonyms import of_people
from schemas import Dateline, Entity, Place

LABELS: Final = frozenset({"GPE", "LOC"})
# Log-odds of a namesake by itself; of a place of n people SIZE * log10(n) more.
SIZE: Final = 1.0
KIND: Final = {"country": 6.0, "region": 3.0, "natural": 1.0, "county": 0.0, "city": 0.0}
CAPITAL: Final = 2.0  # of a country
ALIAS: Final = -2.0  # a name that is not the place's own
BARE_COUNTY: Final = -1.0  # "Sarpy" for Sarpy County
TOGETHER: Final = 50  # names of one article that are weighed together, so that a book costs no more than its length
_INNER: Final = re.compile(r",? \(|, in |, |,\n")

Mention = tuple[str, int, int]


def locate(text: str, entities: Sequence[Entity], dateline: Dateline | None) -> tuple[Place, ...]:
    """A place for each entity that is one and that the gazetteer knows, and for the dateline; others are left out.

    Of namesakes the one is taken that most speaks for: its size, and what else the article names: the same country, the
    same region, places near it, the region right behind it. One name means one place throughout an article. ``score``
    is the chance of the chosen namesake: 1.0 when there is no other.
    """
    mentions = _mentions(entities, dateline)
    readings = {name: found for name in dict.fromkeys(name for name, *_ in mentions) if (found := namesakes(name))}
    peoples = {e.text: found for e in entities if e.label == "NORP" and (found := of_people(e.text))}
    chosen: dict[str, tuple[Entry, float]] = {}
    known = list(readings)
    for first in range(0, len(known), TOGETHER):
        names = known[first : first + TOGETHER]
        chosen |= _choose(text, mentions, {name: readings[name] for name in names}, peoples)
    return tuple(_place(mention, *chosen[mention[0]]) for mention in mentions if mention[0] in chosen)


def _choose(
    text: str,
    mentions: Sequence[Mention],
    readings: dict[str, tuple[Entry, ...]],
    peoples: dict[str, tuple[Entry, ...]],
) -> dict[str, tuple[Entry, float]]:
    """The namesake that each name means, and its chance."""
    number = {name: at for at, name in enumerate(readings)}
    said = Counter(name for name, *_ in mentions if name in readings)
    pairs = {
        (number[inner[0]], number[outer[0]])
        for inner, outer in pairwise(mentions)
        if inner[0] in number and outer[0] in number and _INNER.fullmatch(text, inner[2], outer[1])
    }
    every = [*readings.values(), *peoples.values()]
    weights = [[_weight(entry) for entry in found] for found in every]
    counts = [1.0 + math.log(said[name]) for name in readings] + [1.0] * len(peoples)
    odds = agreement(every, weights, counts, sorted(pairs))
    return {name: _best(found, likely) for (name, found), likely in zip(readings.items(), odds, strict=False)}


def _best(found: Sequence[Entry], odds: Sequence[float]) -> tuple[Entry, float]:
    best = max(range(len(found)), key=odds.__getitem__)
    return found[best], 1 / sum(math.exp(one - odds[best]) for one in odds)


def _weight(entry: Entry) -> float:
    weight = SIZE * math.log10(max(entry.population, 1)) + KIND[entry.kind]
    if entry.capital:
        weight += CAPITAL
    if entry.alias:
        weight += BARE_COUNTY if entry.kind == "county" else ALIAS
    return weight


def _mentions(entities: Sequence[Entity], dateline: Dateline | None) -> list[Mention]:
    mentions = [(entity.text, entity.start, entity.end) for entity in entities if entity.label in LABELS]
    if dateline is None or not dateline.place:
        return mentions
    start = dateline.start + dateline.text.find(dateline.place)
    filed = (dateline.place, start, start + len(dateline.place))
    return [filed, *(mention for mention in mentions if mention[1] >= dateline.end)]


def _place(mention: Mention, chosen: Entry, score: float) -> Place:
    name, start, end = mention
    return Place(
        name=name,
        start=start,
        end=end,
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        country=chosen.country or None,
        admin1=chosen.admin1,
        geoname_id=chosen.geoname_id or None,
        kind=chosen.kind,
        score=round(score, 4),
    )
