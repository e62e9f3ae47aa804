"""What a word says of itself: its form, its ends, the lists it is on. Strings, as a linear-chain model takes them."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Final

from copydesk.pipeline.annotation.entities.word_groups import word_groups
from copydesk.pipeline.annotation.quotes.say_verbs import say_verbs
from copydesk.pipeline.gazetteer import candidates
from copydesk.pipeline.given_names import given_names

GROUPS: Final = (
    *("organisation", "title", "family name first", "not a name", "nationality", "known organisation", "area"),
    *("part of", "known person", "not an acronym", "where", "settlement", "month", "day"),
)
LONGEST: Final = 40  # characters of a word that are looked at
REMEMBERED: Final = 30_000  # words, about 0.7 kB each for each place they may stand in


@lru_cache(REMEMBERED)
def shape(word: str) -> str:
    """``X`` for a run of capitals, ``x`` of small letters, ``d`` of digits: ``McKay-2`` is ``XxXx-d``."""
    return "".join(kind for kind, _ in groupby(map(_kind, word[:LONGEST])))


def _kind(letter: str) -> str:
    return "X" if letter.isupper() else "x" if letter.islower() else "d" if letter.isdigit() else letter


@lru_cache(REMEMBERED)
def lists(word: str) -> frozenset[str]:
    """The names of the lists that the lower-case ``word`` is on."""
    bare = word.rstrip(".")
    found = {group for group in GROUPS if bare in word_groups()[group]}
    for name, words in (("given", given_names()), ("say", say_verbs())):
        if bare in words:
            found.add(name)
    return frozenset(found)


@lru_cache(REMEMBERED)
def features(word: str, offset: int) -> tuple[str, ...]:
    """What is seen of ``word`` from the token ``offset`` before it; more the nearer."""
    lower = word[:LONGEST].lower()
    seen = [f"w={lower}", *(f"l={name}" for name in sorted(lists(lower)))]
    if abs(offset) < 2:
        seen.append(f"s={shape(word)}")
    if offset:
        return tuple(f"{offset:+d}{feature}" for feature in seen)
    ends = [f"e{n}={lower[-n:]}" for n in (2, 3, 4) if len(lower) > n]
    starts = [f"p{n}={lower[:n]}" for n in (2, 3) if len(lower) > n]
    return (*seen, *ends, *starts, f"S={''.join(map(_kind, word[:8]))}")


@lru_cache(REMEMBERED)
def kind_of_place(name: str) -> str | None:
    """The kind of the place ``name``, and for a city its size: small cities share their names with everything."""
    found = candidates(name)
    if not found:
        return None
    if found[0].kind != "city":
        return found[0].kind
    return f"city{len(str(found[0].population))}"
