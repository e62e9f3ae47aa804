"""Entities that are the same share an id: people and their surnames, acronyms, countries and their peoples."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from copydesk.pipeline.annotation.entities.word_features import kind_of_place
from copydesk.pipeline.gazetteer import candidates
from copydesk.pipeline.gazetteer.demonyms import of_people
from copydesk.schemas import Entity

PLACES: Final = ("GPE", "LOC")
ARTICLES: Final = frozenset({"the", "a", "an"})
SHORTEST: Final = 2  # letters of an acronym
LONGEST: Final = 12  # words of a name that has short forms

Words = tuple[str, ...]


def link(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """``entities``, in the order of the text, with ``entity_id`` and, for countries and their peoples, ``country``.

    A short form means the full one named last before it or, where there is none, the first behind it.
    """
    named = [_words(entity.text) for entity in entities]
    full: defaultdict[tuple[str, Words], list[int]] = defaultdict(list)
    for i, (entity, words) in enumerate(zip(entities, named, strict=True)):
        for form in _short_forms(entity.label, words):
            full[entity.label, form].append(i)
    ids: dict[tuple[str, Words], str] = {}
    linked = []
    for i, (entity, words) in enumerate(zip(entities, named, strict=True)):
        country = _country(entity.label, " ".join(words))
        root = i
        while at := full.get((entity.label, named[root])):  # each step is to a longer name
            root = at[max(bisect_left(at, root) - 1, 0)]
        key = ("country", (country,)) if country else (entity.label, named[root])
        entity_id = ids.setdefault(key, f"e{len(ids) + 1}")
        linked.append(entity.model_copy(update={"entity_id": entity_id, "country": country}))
    return tuple(linked)


def _words(text: str) -> Words:
    """The words of a name, without the article and the possessive that may come with it."""
    words = text.replace("’", "'").removesuffix("'s").removesuffix("'").split()
    return tuple(words[1:] if len(words) > 1 and words[0].lower() in ARTICLES else words)


def _short_forms(label: str, words: Words) -> Iterator[Words]:
    if not 1 < len(words) <= LONGEST:
        return
    if label == "PERSON":
        yield from (words[i:] for i in range(1, len(words)))
        yield from (words[:i] for i in range(1, len(words)))
        if len(words) > 2:
            yield words[0], words[-1]
    elif label == "ORG":
        acronym = "".join(word[0] for word in words if word[0].isupper())
        if len(acronym) >= SHORTEST:
            yield (acronym,)


def _country(label: str, name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country, or of the country whose people ``name`` is."""
    if label == "NORP":
        return next((place.country for place in of_people(name) if place.kind == "country"), None)
    if label in PLACES and kind_of_place(name) == "country":
        return candidates(name)[0].country or None
    return None
