"""Elements whose very name says that they are none of the article: readers' comments, the question for consent."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.html.markup import Markup

KINDS: Final = ("comment", "consent")


def in_named_boxes(markup: Markup, kind: str, titles: list[int]) -> list[bool]:
    """For each block whether it stands in an element named of ``kind`` that holds none of the blocks ``titles``."""
    names = {words for words in {element.words for element in markup.elements} if is_named(kind, words)}
    if not names:
        return [False] * len(markup.blocks)
    of_title = {element for block in titles for element in markup.path(markup.blocks[block].element)}
    known: dict[int, bool] = {-1: False}  # by element: whether it is in such a box
    for block in markup.blocks:
        path = []
        for element in markup.path(block.element):
            if element in known:
                break
            path.append(element)
        for element in reversed(path):
            named = element not in of_title and markup.elements[element].words in names
            known[element] = named or known[markup.elements[element].parent]
    return [known[block.element] for block in markup.blocks]


def is_named(kind: str, words: str) -> bool:
    """Whether an element of these class words is named as one of ``kind``."""
    return bool(words) and _names()[kind].search(words) is not None


@cache
def _names() -> dict[str, re.Pattern[str]]:
    parts: dict[str, list[str]] = {}
    for line in data_lines(__file__, "named_boxes.txt"):
        kind, _, part = line.partition("\t")
        parts.setdefault(kind, []).append(re.escape(part))
    return {kind: re.compile("|".join(some)) for kind, some in parts.items()}
