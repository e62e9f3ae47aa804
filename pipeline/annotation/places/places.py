"""Places with coordinates: each named place is one of its namesakes, chosen by the rest of the text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from copydesk.pipeline.annotation.places.agreement import agreement
from copydesk.pipeline.annotation.places.home import homes
from copydesk.pipeline.annotation.places.mentions import Mention, mentions
from copydesk.pipeline.annotation.places.namesakes import namesakes
from copydesk.pipeline.annotation.places.place_names import place_names
from copydesk.pipeline.gazetteer import Entry
from copydesk.pipeline.gazetteer.demonyms import of_people
from copydesk.schemas import Article, Dateline, Entity, Place

# Log-odds of a namesake by itself; of a place of n people SIZE * log10(n) more.
SIZE: Final = 1.0
KIND: Final = {"country": 6.0, "region": 3.0, "natural": 1.0, "county": 0.0, "city": 0.0}
CAPITAL: Final = 2.0  # of a country
ALIAS: Final = -2.0  # a name that is not the place's own
BARE_COUNTY: Final = -1.0  # "Sarpy" for Sarpy County
HOME: Final = 3.0  # how much the outlet's home speaks for places near it, in names
TOGETHER: Final = 50  # names of one article that are weighed together, so that a book costs no more than its length
_INNER: Final = re.compile(r",? \(|, in |, |,\n")


@dataclass(frozen=True, slots=True)
class Named:
    """A name, what it may mean with the log-odds of each by itself, and how much it says of the other names."""

    name: str
    found: Sequence[Entry]
    odds: Sequence[float]
    says: float


def locate(
    text: str,
    entities: Sequence[Entity],
    dateline: Dateline | None,
    homes: Sequence[Sequence[Entry]] = (),
    known: Sequence[Mention] = (),
) -> tuple[Place, ...]:
    """A place for each entity that is one and that the gazetteer knows, and for the dateline; others are left out.

    Of namesakes the one is taken that most speaks for: its size, and what else the article names: the same country, the
    same region, places near it, the region right behind it, the outlet's home. One name means one place throughout an
    article. ``score`` is the chance of the chosen namesake: 1.0 when there is no other.

    Args:
        homes: what the outlet's name and domain may mean, as ``home.homes`` says.
        known: names of places beside the entities, as ``place_names`` finds them.
    """
    named_at = mentions(text, entities, dateline, known)
    said = Counter(name for name, *_ in named_at)
    named = [_named(name, found, times) for name, times in said.items() if (found := namesakes(name))]
    peoples = (of_people(name) for name in dict.fromkeys(e.text for e in entities if e.label == "NORP"))
    witnesses = [_named("", found, 1) for found in peoples if found] + [_home(found) for found in homes]
    together = {
        (inner[0], outer[0]) for inner, outer in pairwise(named_at) if _INNER.fullmatch(text, inner[2], outer[1])
    }
    chosen: dict[str, tuple[Entry, float]] = {}
    for first in range(0, len(named), TOGETHER):
        chosen |= _choose(named[first : first + TOGETHER], witnesses, together)
    return tuple(_place(mention, *chosen[mention[0]]) for mention in named_at if mention[0] in chosen)


def find_places(article: Article, text: str, entities: Sequence[Entity], *, is_read: bool) -> tuple[Place, ...]:
    """The places of ``article``; where no pipeline has read its language, those that the gazetteer is sure of.

    Args:
        text: as much of the article's as was read; ``entities`` lie in it.
    """
    known = () if is_read else place_names(text, article.language.code)
    return locate(text, entities, article.dateline, homes(article.source, article.canonical_url or article.url), known)


def _choose(
    names: Sequence[Named], witnesses: Sequence[Named], together: set[tuple[str, str]]
) -> dict[str, tuple[Entry, float]]:
    """The namesake that each name means, and its chance."""
    number = {one.name: at for at, one in enumerate(names)}
    pairs = sorted((number[inner], number[outer]) for inner, outer in together if inner in number and outer in number)
    every = [*names, *witnesses]
    odds = agreement([one.found for one in every], [one.odds for one in every], [one.says for one in every], pairs)
    return {one.name: _best(one.found, likely) for one, likely in zip(names, odds, strict=False)}


def _named(name: str, found: Sequence[Entry], times: int) -> Named:
    return Named(name, found, [_weight(entry) for entry in found], 1.0 + math.log(times))


def _home(found: Sequence[Entry]) -> Named:
    return Named("", found, [0.0] * len(found), HOME)


def _best(found: Sequence[Entry], odds: Sequence[float]) -> tuple[Entry, float]:
    best = max(range(len(found)), key=odds.__getitem__)
    return found[best], 1 / sum(math.exp(one - odds[best]) for one in odds)


def _size(entry: Entry) -> float:
    return SIZE * math.log10(max(entry.population, 1))


def _weight(entry: Entry) -> float:
    weight = _size(entry) + KIND[entry.kind]
    if entry.capital:
        weight += CAPITAL
    if entry.alias:
        weight += BARE_COUNTY if entry.kind == "county" else ALIAS
    return weight


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
