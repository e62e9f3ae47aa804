"""Places with coordinates: each named place is one of its namesakes, chosen by the rest of the text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.annotation.nearness import nearness
from pipeline.annotation.word_groups import word_groups
from pipeline.gazetteer import Entry, candidates
from schemas import Dateline, Entity, Place

LABELS: Final = frozenset({"GPE", "LOC"})
# Worth of each sign, in units of log10 people; chosen by hand on development articles.
COUNTRY: Final = 4.0  # a country against a city of the same name
REGION: Final = 3.0
NAMED_COUNTRY: Final = 3.0  # the country is named, or another place in it that has no namesake elsewhere; twice counts
NAMED_REGION: Final = 2.0
WITHIN: Final = 10.0  # "Paris, Texas"
DATELINE_COUNTRY: Final = 1  # votes

Mention = tuple[str, int, int]


def locate(text: str, entities: Sequence[Entity], dateline: Dateline | None) -> tuple[Place, ...]:
    """A place for each entity that is one and that the gazetteer knows, and for the dateline; others are left out.

    Of namesakes the one is taken that most speaks for: its size, the countries and regions that the article names, the
    region or country named right behind it, other places named that lie near. One name means one place throughout an
    article. ``score`` is the chosen namesake's share of all namesakes' weight: 1.0 when there is one alone.
    """
    mentions = _mentions(entities, dateline)
    found = [(mention, namesakes) for mention in mentions if (namesakes := _namesakes(mention[0]))]
    votes = _votes(found)
    if dateline is not None and dateline.place and found and found[0][0][0] == dateline.place:
        votes[max(found[0][1], key=lambda entry: entry.population).country, None] += DATELINE_COUNTRY
    weights: dict[str, list[float]] = {}
    for number, (mention, namesakes) in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        within = following[1] if following and text[mention[2] : following[0][1]] in (", ", " (", ", in ") else ()
        told = [_weight(entry, votes) + _inside(entry, within) for entry in namesakes]
        known = weights.setdefault(mention[0], told)
        weights[mention[0]] = [max(pair) for pair in zip(known, told, strict=True)]
    spaces = {mention[0]: namesakes for mention, namesakes in found}
    gains = nearness([spaces[name] for name in weights], list(weights.values()))
    for name, gain in zip(weights, gains, strict=True):
        weights[name] = [weight + more for weight, more in zip(weights[name], gain, strict=True)]
    return tuple(_place(mention, namesakes, weights[mention[0]]) for mention, namesakes in found)


def _mentions(entities: Sequence[Entity], dateline: Dateline | None) -> list[Mention]:
    mentions = [(entity.text, entity.start, entity.end) for entity in entities if entity.label in LABELS]
    if dateline is None or not dateline.place:
        return mentions
    start = dateline.start + dateline.text.find(dateline.place)
    filed = (dateline.place, start, start + len(dateline.place))
    return [filed, *(mention for mention in mentions if mention[1] >= dateline.end)]


def _votes(found: Sequence[tuple[Mention, tuple[Entry, ...]]]) -> Counter[tuple[str, str | None]]:
    """How often the article names each country, and each region, by itself or by a place with no namesake elsewhere."""
    votes: Counter[tuple[str, str | None]] = Counter()
    for _, namesakes in found:
        first = namesakes[0]
        if first.kind == "country" or len({entry.country for entry in namesakes}) == 1:
            votes[first.country, None] += 1
        if first.admin1 and (first.kind == "region" or len({(e.country, e.admin1) for e in namesakes}) == 1):
            votes[first.country, first.admin1] += 1
    return votes


def _namesakes(name: str) -> tuple[Entry, ...]:
    found = candidates(name) or candidates(name.removeprefix("the ").removeprefix("The "))
    found = found or candidates(name.partition(",")[0])
    side, _, rest = name.partition(" ")
    return found or (candidates(rest) if side.casefold() in word_groups()["part of"] else ())  # the north of Texas


def _place(mention: Mention, namesakes: tuple[Entry, ...], weights: list[float]) -> Place:
    best = max(range(len(namesakes)), key=weights.__getitem__)
    shares = [math.exp(weight - weights[best]) for weight in weights]
    chosen, (name, start, end) = namesakes[best], mention
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
        score=round(1 / sum(shares), 4),
    )


def _weight(entry: Entry, votes: Counter[tuple[str, str | None]]) -> float:
    area = {"country": COUNTRY, "region": REGION}.get(entry.kind, 0.0)
    size = math.log10(max(entry.population, 1)) + area
    country, region = votes[entry.country, None], votes[entry.country, entry.admin1] if entry.admin1 else 0
    return size + NAMED_COUNTRY * min(country, 2) + NAMED_REGION * min(region, 3)


def _inside(entry: Entry, areas: Sequence[Entry]) -> float:
    """What it is worth that one of ``areas``, named right behind it, holds ``entry``."""
    for area in areas:
        holds = area.kind == "country" or (area.kind == "region" and area.admin1 == entry.admin1)
        if holds and area.country == entry.country and entry.kind != "country":
            return WITHIN
    return 0.0
