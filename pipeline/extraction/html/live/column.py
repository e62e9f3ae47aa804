"""The column of a live blog: containers of one kind that hang side by side, each with a time or an entry of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.refusing.signs import weight

PROSE: Final = 60  # characters of a block from which on it is prose
UP: Final = 3  # elements from the column down to an entry
NEARLY: Final = 0.95  # of the prose of the best column; a column as good may tell the entries better apart
CLASSES: Final = 8  # of an element that are looked at
_APART: Final = frozenset({"aside", "footer", "nav"})
_OTHERS: Final = re.compile(
    r"comments?(?!ary|ator)|kommentar|disqus|related|teaser|recirc|recommend|sidebar|side-bar|most-read|popular|trending"
)
_NUMBER: Final = re.compile(r"\d")

Place = tuple[int, int, str, str]
"""The column, how many elements an entry is below it, the entry's tag and one of its classes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An element, and the first and the last of the blocks that it holds."""

    element: int
    first: int
    last: int

    @property
    def blocks(self) -> range:
        """Indices of its blocks."""
        return range(self.first, self.last + 1)


class Columns:
    """The columns of a page."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        count = len(markup.elements)
        self._first, self._last = [-1] * count, [-1] * count
        self._before = [0]  # prose before each block, and at the end of the page
        for i, block in enumerate(markup.blocks):
            size = weight(block.text)
            is_prose = size >= PROSE and block.links < size / 2 and block.tag != "figcaption"
            self._before.append(self._before[-1] + (size if is_prose else 0))
            if block.element >= 0:
                first, last = self._first[block.element], self._last[block.element]
                self._first[block.element], self._last[block.element] = (i if first < 0 else first), max(last, i)
        for here in range(count - 1, -1, -1):
            above = markup.elements[here].parent
            if above >= 0 and self._first[here] >= 0:
                first = self._first[above]
                self._first[above] = self._first[here] if first < 0 else min(first, self._first[here])
                self._last[above] = max(self._last[above], self._last[here])

    @property
    def prose(self) -> int:
        """Characters of the whole page's prose."""
        return self._before[-1]

    def prose_in(self, entries: Iterable[Entry]) -> int:
        """Characters of the prose that ``entries`` hold."""
        return sum(self._before[entry.last + 1] - self._before[entry.first] for entry in entries)

    def flat(self, seeds: Iterable[int]) -> tuple[Entry, ...]:
        """Entries that have no container: from each line with a time to the next one, in one element."""
        lines: dict[tuple[int, str], list[int]] = defaultdict(list)
        for block in sorted(seeds):
            here = self._line_of(block)
            if here >= 0:
                lines[self.markup.elements[here].parent, self.markup.elements[here].tag].append(block)
        best: tuple[Entry, ...] = ()
        for (column, _), opened in lines.items():
            ends = [*(following - 1 for following in opened[1:]), self._last[column]]
            entries = [Entry(column, first, last) for first, last in zip(opened, ends, strict=True)]
            longest = max((len(entry.blocks) for entry in entries[:-1]), default=0)
            entries[-1] = replace(entries[-1], last=min(ends[-1], opened[-1] + longest - 1))
            if longest > 1 and not self._is_of_others(column):
                best = max(best, tuple(entries), key=self.prose_in)
        return best

    def _line_of(self, block: int) -> int:
        """The outermost element that holds the block and nothing else; -1 where it is a paragraph, or not alone."""
        found = -1
        for element in self._up(self.markup.blocks[block].element):
            if not self._is_line(element):
                break
            found = element
        return found

    def _is_line(self, element: int) -> bool:
        """Whether an element holds one block, a line and no paragraph."""
        first = self._first[element]
        return first == self._last[element] and self._before[first] == self._before[first + 1]

    def _up(self, element: int) -> Iterator[int]:
        """``element`` and those above it."""
        while element >= 0:
            yield element
            element = self.markup.elements[element].parent

    def best(self, seeds: Mapping[int, int], most: int) -> tuple[Entry, ...]:
        """The column whose containers hold most of the page's prose, each with one to ``most`` of the seeds.

        Args:
            seeds: blocks by which entries are told, with a number that is the same for those of one entry.
        """
        held = self._seeds_of(seeds, most)
        columns: dict[Place, list[int]] = defaultdict(list)
        for element, numbers in held.items():
            if len(numbers) <= most and self._last[element] > self._first[element]:
                for place in self._places(element):
                    columns[place].append(element)
        told = {p: self.prose_in(map(self._entry, members)) for p, members in columns.items() if len(members) > 1}
        told = {place: prose for place, prose in told.items() if prose and not self._is_of_others(place[0])}
        if not told:
            return ()
        enough = NEARLY * max(told.values())
        alike = [place for place, prose in told.items() if prose >= enough]
        best = max(
            alike, key=lambda place: (len(columns[place]), -self._depth(columns[place][0]), told[place], place[3])
        )
        members = sorted({*columns[best], *(self._like(best) if best[3] else ())})
        return tuple(self._entry(e) for e in members if not self._is_of_others(e, 1))

    def _entry(self, element: int) -> Entry:
        return Entry(element, self._first[element], self._last[element])

    def _seeds_of(self, seeds: Mapping[int, int], most: int) -> dict[int, set[int]]:
        """The seeds that each element holds; one more than ``most`` stand for more."""
        held: dict[int, set[int]] = defaultdict(set)
        for block, number in seeds.items():
            for here in self._up(self.markup.blocks[block].element):
                if len(held[here]) > most:
                    break
                held[here].add(number)
        return held

    def _places(self, element: int) -> Iterable[Place]:
        here = self.markup.elements[element]
        classes = [word for word in here.words.split() if not _NUMBER.search(word)][:CLASSES]
        above = here.parent
        for steps in range(1, UP + 1):
            if above < 0:
                break
            yield from ((above, steps, here.tag, word) for word in ("", *classes))
            above = self.markup.elements[above].parent

    def _like(self, place: Place) -> Iterable[int]:
        """The elements at a place that hold any text."""
        column, steps, tag, word = place
        for i, element in enumerate(self.markup.elements):
            if element.tag == tag and self._first[i] >= 0 and word in element.words.split():
                above = i
                for _ in range(steps):
                    above = self.markup.elements[above].parent if above >= 0 else -1
                if above == column:
                    yield i

    def _depth(self, element: int) -> int:
        return self.markup.elements[element].depth

    def _is_of_others(self, element: int, levels: int = 4) -> bool:
        """Whether an element is, or is in, a box of comments or of other stories."""
        around = [e for e in self.markup.ancestors(element)[:levels] if e.tag not in ("body", "html", "main")]
        return any(e.tag in _APART or _OTHERS.search(e.words) for e in around)
