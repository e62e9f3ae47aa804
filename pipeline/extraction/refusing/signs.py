"""What is looked at to tell whether a page is an article: one record, whichever reader made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

_TALL: Final = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
SMALL: Final = 1_500  # characters of a whole page, which then may be a wall from top to bottom
BESIDE: Final = 40  # lines


@dataclass(frozen=True)
class Signs:
    """The signs of one page.

    ``titles`` are its headlines and the parts of its ``<title>``, ``lines`` all that is not mostly links, ``body`` what
    was taken for the article. ``marked`` are signs that markup gives, by the names of ``decision.MARKED``.
    """

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    body: tuple[str, ...]
    dated: bool = False
    authored: bool = False
    teasers: int = 0  # pieces of the body that announce another page
    teased: float = 0.0  # share of the body that they are
    stamps: int = 0  # lines that only say when
    again: int = 0  # times that the line is printed that is printed most often
    marked: frozenset[str] = frozenset()

    @cached_property
    def prose(self) -> int:
        """Length of the body in characters, as of an alphabet."""
        return sum(map(weight, self.body))

    @cached_property
    def text(self) -> tuple[str, ...]:
        """What is read as the page's text: the body, or all of a page that has next to nothing."""
        if self.is_small:
            return tuple(dict.fromkeys((*self.body, *self.lines)))
        return tuple(dict.fromkeys(self.body))

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The first lines that are not of the text."""
        inside = set(self.text)
        return tuple(line for line in self.lines[:BESIDE] if line not in inside)

    @cached_property
    def is_small(self) -> bool:
        """Whether the page, as it is seen, is hardly longer than a wall."""
        return len(self.lines) < 40 and sum(map(weight, self.lines)) < SMALL


@lru_cache(maxsize=2_048)  # the lines of a page are weighed again and again
def weight(text: str) -> int:
    """Length of ``text`` as if it were of an alphabet: a character of Chinese, Japanese or Korean says as much as two
    and a half letters.
    """
    return len(text) if text.isascii() else len(text) + len(_TALL.findall(text)) * 3 // 2
