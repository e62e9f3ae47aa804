"""Where a text names places: the entities that are one, the place within an organisation's name, "R-Ky."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final

from copydesk.pipeline.annotation.entities.word_groups import word_groups
from copydesk.pipeline.annotation.places.namesakes import namesakes
from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.gazetteer import candidates
from copydesk.schemas import Dateline, Entity

Mention = tuple[str, int, int]  # as printed, and its offsets

PLACES: Final = frozenset({"GPE", "LOC"})
BODIES: Final = frozenset({"ORG", "FAC", "LOC", "GPE"})
LONGEST: Final = 4  # words of a place in another name
SMALLEST: Final = 10_000  # people of a city that bodies are told by
_WORD: Final = re.compile(r"\S+")
_OF: Final = re.compile(
    r"\b(?:[Uu]niversity|[Gg]overnment|[Cc]ity|[Tt]own|[Ss]tate|[Pp]arliament|[Bb]ank) of (?:the )?([A-Z].*)"
)
_MEMBER: Final = re.compile(r"\b(?:R|D|I|DFL)-((?:[A-Z]\.)+|[A-Z]\w+(?: [A-Z]\w+)?)(?=[,;)\s.])")  # of a legislature


def mentions(
    text: str, entities: Sequence[Entity], dateline: Dateline | None, known: Sequence[Mention] = ()
) -> list[Mention]:
    """The names of places in ``text``, in their order, none within another; ``known`` are some beside the entities."""
    found = [*known, *(mention for entity in entities for mention in _within(entity))]
    if dateline is not None and dateline.place:
        start = dateline.start + dateline.text.find(dateline.place)
        filed = (dateline.place, start, start + len(dateline.place))
        found = [filed, *(one for one in found if one[1] >= dateline.end or one[2] <= dateline.start)]
    taken = [(start, end) for _, start, end in found]
    members = ((match[1], *match.span(1)) for match in _MEMBER.finditer(text))
    found += [one for one in members if not any(start < one[2] and one[1] < end for start, end in taken)]
    return sorted(found, key=lambda mention: mention[1])


def _within(entity: Entity) -> Iterator[Mention]:
    """The place that an entity is, or that it is named after: "Fargo Police", "University of Nebraska"."""
    if entity.label in PLACES and namesakes(entity.text):
        yield entity.text, entity.start, entity.end
    elif entity.label in BODIES:
        name = _first(entity.text) or _last(entity.text)
        if name:
            start = entity.start + entity.text.index(name)
            yield name, start, start + len(name)


def _first(name: str) -> str | None:
    words = list(_WORD.finditer(name))
    while words and words[0][0].casefold() in _before():  # "the", "Western"
        words = words[1:]
    followed = zip_longest(words, words[1:])
    heads = (at for at, pair in enumerate(followed) if pair[0][0].casefold() in _local_bodies() and _is_head(pair[1]))
    opening = words[: min(next(heads, 0), LONGEST)]
    names = (name[words[0].start() : word.end()] for word in reversed(opening))
    return next(filter(_is_place, names), None)


def _is_head(after: re.Match[str] | None) -> bool:
    """Whether a word with this one behind it says what sort of body is named: "Board", "Board of Finance"."""
    return after is None or after[0] in ("of", "for")


@cache
def _before() -> frozenset[str]:
    return word_groups()["part of"] | {"the"}


def _last(name: str) -> str | None:
    of = _OF.search(name)
    return of[1] if of and _is_place(of[1]) else None


def _is_place(name: str) -> bool:
    """Whether a name by itself is surely a place's: its own name, and not that of a hamlet."""
    found = [entry for entry in candidates(name) if not entry.alias or entry.kind == "region"]
    return any(entry.kind != "city" or entry.population >= SMALLEST for entry in found)


@cache
def _local_bodies() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "local_bodies.txt")).split())
