"""Places with coordinates: each named place is one of its namesakes, chosen by the rest of the text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.gazetteer import Entry, candidates
from schemas import Dateline, Entity, Place

LABELS: Final = frozenset({"GPE", "LOC"})
AREA_WEIGHT: Final = 30.0  # a country or region against a city of the same name, in units of log10 people
NAMED_COUNTRY: Final = 3.0  # for each time the country is named, or another city of it is the only one of its name
DATELINE_COUNTRY: Final = 3.0


def locate(entities: Sequence[Entity], dateline: Dateline | None) -> tuple[Place, ...]:
    """A place for each entity that is one and that the gazetteer knows, and for the dateline; others are left out.

    ``score`` is the chosen namesake's share of all namesakes' weight: 1.0 when there is one alone.
    """
    mentions = [(entity.text, entity.start, entity.end) for entity in entities if entity.label in LABELS]
    if dateline is not None and dateline.place:
        start = dateline.text.find(dateline.place)
        filed = (dateline.place, dateline.start + start, dateline.start + start + len(dateline.place))
        mentions = [filed, *(mention for mention in mentions if mention[1] >= dateline.end)]
    found = [(mention, namesakes) for mention in mentions if (namesakes := _namesakes(mention[0]))]
    countries = Counter(
        namesakes[0].country
        for _, namesakes in found
        if namesakes[0].kind == "country" or len({entry.country for entry in namesakes}) == 1
    )
    if dateline is not None and dateline.place and found and found[0][0][0] == dateline.place:
        countries[max(found[0][1], key=lambda entry: entry.population).country] += DATELINE_COUNTRY / NAMED_COUNTRY  # type: ignore[assignment]
    return tuple(_place(mention, namesakes, countries) for mention, namesakes in found)


def _namesakes(name: str) -> tuple[Entry, ...]:
    found = candidates(name) or candidates(name.removeprefix("the ").removeprefix("The "))
    return found or candidates(name.partition(",")[0])


def _place(mention: tuple[str, int, int], namesakes: tuple[Entry, ...], countries: Counter[str]) -> Place:
    weights = [_weight(entry, countries) for entry in namesakes]
    best = max(range(len(namesakes)), key=weights.__getitem__)
    shares = [math.exp(weight - weights[best]) for weight in weights]
    chosen, (name, start, end) = namesakes[best], mention
    return Place(
        name=name,
        start=start,
        end=end,
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        country=chosen.country,
        admin1=chosen.admin1,
        geoname_id=chosen.geoname_id,
        score=round(1 / sum(shares), 4),
    )


def _weight(entry: Entry, countries: Counter[str]) -> float:
    size = math.log10(max(entry.population, 1)) + (AREA_WEIGHT if entry.kind == "country" else 0.0)
    return size + NAMED_COUNTRY * min(countries[entry.country], 2)
