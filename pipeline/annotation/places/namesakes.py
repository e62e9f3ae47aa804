"""The places that a name in a text may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from copydesk.pipeline.annotation.entities.word_groups import word_groups
from copydesk.pipeline.annotation.places.agreement import holds
from copydesk.pipeline.gazetteer import Entry, candidates
from copydesk.pipeline.gazetteer.demonyms import of_people
from copydesk.pipeline.gazetteer.exonyms import abroad

SHORTEST_STEM: Final = 3  # letters
_CYRILLIC: Final = re.compile("[Ѐ-ӿ]")
_NOMINATIVES: Final = ("а", "я", "ь", "")


def namesakes(name: str) -> tuple[Entry, ...]:
    """The places called ``name``; a demonym that is said to be a place means the place."""
    return of_people(name) or called(name)


def called(name: str) -> tuple[Entry, ...]:
    """The places called ``name``, or what is left of it without an article, a status, a side: "the north of Texas"."""
    inner, _, outer = name.partition(",")
    within = candidates(outer.strip()) if outer else ()
    if held := tuple(entry for entry in candidates(inner) if any(holds(area, entry) for area in within)):
        return held  # "Washington, D.C."
    return next((found for one in _forms(name) if (found := candidates(one) or abroad(one))), ())


def _forms(name: str) -> Iterator[str]:
    """``name``, then what it may be short or long for."""
    name = " ".join(name.split())
    yield name
    bare = name.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
    yield bare
    yield f"{bare}."  # Calif
    first, _, rest = bare.partition(" ")
    if first.casefold() in word_groups()["part of"]:
        yield rest.removeprefix("of ")
    yield bare.partition(",")[0]
    if len(name) > SHORTEST_STEM and _CYRILLIC.match(name):  # "в Москве": the ending says where
        yield from (name[:-1] + ending for ending in _NOMINATIVES)
