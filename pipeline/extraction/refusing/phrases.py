"""What a line says of its page: that it is a wall, an error, a list of articles. In any language of the table."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
from typing import Final

from copydesk.pipeline.data_lines import data_lines

WALLS: Final = "phrases.txt"
OFFERS: Final = "offers.txt"
SEEN: Final = 600  # characters of a line that are looked at
_KEY: Final = 4  # characters of a term by which it is looked up; of a short one, and where words have no spaces, two
_UNCASED: Final = re.compile("[\u0530-\u1cff\u2e80-\ufefe]")  # letters of scripts without capitals
_OPENINGS: Final = re.compile(rf"\b(?=(\w.{{0,{_KEY - 1}}}))", re.DOTALL)  # how each word and what follows it begin
_FROM_ASCII: Final = re.compile(rf"(?=([\x00-\x7f].{{0,{_KEY - 1}}}))", re.DOTALL)
_FOLDED: Final = str.maketrans({"’": "'", "ʼ": "'", "´": "'", "\xa0": " ", "İ": "i"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the table: each of ``parts`` holds terms of which one must be in the line."""

    kind: str
    points: int
    parts: tuple[tuple[str, ...], ...]

    def is_in(self, folded: str) -> bool:
        """Whether a folded line holds one term of every part."""
        for part in self.parts:
            for term in part:
                if term in folded and _begins_word(folded, term):
                    break
            else:
                return False
        return True


@lru_cache(maxsize=4_096)  # the pages of a site repeat their lines
def told_by(line: str, table: str = WALLS) -> tuple[tuple[str, int], ...]:
    """The kinds that ``line`` speaks of, each with its points: its best row, and one more for each further row."""
    folded = fold(line[:SEEN])
    rows, index = _table(table)
    numbers = {number for key in _keys(folded) & index.keys() for number, term in index[key] if term in folded}
    found: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        if rows[number].is_in(folded):
            found[rows[number].kind].append(rows[number].points)
    return tuple(sorted((kind, max(points) + len(points) - 1) for kind, points in found.items()))


def fold(text: str) -> str:
    """``text`` in lower case, its apostrophes and spaces made alike."""
    return (text if text.isascii() else text.translate(_FOLDED)).casefold()


def _begins_word(folded: str, term: str) -> bool:
    """Whether ``term``, which is in the line, stands where a word begins, if it is of an alphabet with capitals."""
    if not is_cased(term[0]):
        return True
    at = folded.find(term)
    while at > 0 and folded[at - 1].isalnum() and is_cased(folded[at - 1]):
        at = folded.find(term, at + 1)
    return at >= 0


def is_cased(letter: str) -> bool:
    """Whether ``letter`` is of an alphabet with capitals, whose words stand apart, or no letter at all."""
    return letter.upper() != letter.lower() or letter.isdigit()


def _keys(folded: str) -> set[str]:
    """What the rows that ``folded`` may fit are looked up by: how its words begin, and pairs where words do not stand
    apart.
    """
    keys = set(_OPENINGS.findall(folded))
    keys |= {key[:2] for key in keys}
    if not folded.isascii() and _UNCASED.search(folded):
        keys.update(_FROM_ASCII.findall(folded), map(add, folded, folded[1:]))
    return keys


def _key(term: str) -> str:
    return term[:_KEY] if len(term) >= _KEY and is_cased(term[0]) else term[:2]


@cache
def _table(name: str) -> tuple[tuple[Phrase, ...], dict[str, list[tuple[int, str]]]]:
    """The rows of a table, and by key the terms of their first parts, each with the number of its row."""
    rows, index = [], defaultdict(list)
    for number, line in enumerate(data_lines(__file__, name)):
        kind, _, points, terms = line.split("\t")
        parts = tuple(tuple(term.strip() for term in part.split("|")) for part in fold(terms).split(" & "))
        rows.append(Phrase(kind, int(points), parts))
        for term in parts[0]:
            index[_key(term)].append((number, term))
    return tuple(rows), dict(index)
