"""Where a page prints a time of day by itself, as the entries of a live blog do."""

from __future__ import annotations

import re
from typing import Final

from copydesk.pipeline.extraction.html.markup import Block, Markup
from copydesk.pipeline.extraction.time.clock_line import LONGEST, NAME, UNIT, clock_line, has_clock

HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TEXT: Final = frozenset({*HEADINGS, "p", "li", "td", "blockquote"})
_WORDS: Final = re.compile(
    r"(?<![a-z])(?:time|date|stamp|timestamp|clock|uhrzeit|heure|hora|czas|meta|info)(?![a-z])|datetime"
)


def is_time_line(markup: Markup, block: Block) -> bool:
    """Whether a block tells the time of an entry, and no more than that and maybe a name."""
    text = block.tag in _TEXT and not (block.element >= 0 and _WORDS.search(markup.elements[block.element].words))
    return clock_line(block.text, UNIT if text else NAME) is not None


def timed_blocks(markup: Markup, *, any_time: bool) -> frozenset[int]:
    """The blocks that open with a time of day, or are nothing but one; with ``any_time`` also where a day is marked."""
    found = {
        i for i, block in enumerate(markup.blocks) if has_clock(block.text, first=True) or is_time_line(markup, block)
    }
    for mark in markup.marks:
        is_time = mark.tag == "time" or _WORDS.search(mark.words) is not None
        clear = any_time or has_clock(mark.text) or ("T" in mark.value and has_clock(mark.value[11:16]))
        if is_time and clear and len(mark.text) <= LONGEST and mark.block < len(markup.blocks):
            found.add(mark.block)
    return frozenset(found)
