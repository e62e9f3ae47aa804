"""Lines above the text that may be its headline though no tag says so, as pages without an <h1> print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from copydesk.pipeline.extraction.html.markup import Block, Markup

ABOVE: Final = 8  # blocks, at most
CLOSE: Final = 2  # blocks
SHORTEST: Final = 10  # characters
LONGEST: Final = 160
_NAMED: Final = ("title", "headline", "heading", "hed", "titre", "titulo", "titel", "überschrift", "zagolovok")
_WHEN: Final = re.compile(r"\d{1,2}:\d\d|\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d\d")
_ENDS: Final = (".", "。", "।", ":", "：")


def lines_above(markup: Markup, body_start: int | None) -> Iterator[tuple[Block, list[str]]]:
    """The lines down to the body that may be a headline, each with what speaks for and against it."""
    if body_start is None:
        return
    for i in range(max(body_start - ABOVE, 0), body_start + 1):
        block = markup.blocks[i]
        size = len(block.text)
        if not SHORTEST <= size <= LONGEST or block.tag in ("h1", "h2"):
            continue
        words = " ".join(element.words for element in markup.ancestors(block.element, 2))
        held = {
            "line": True,
            "line_in_body": i == body_start,
            "line_close": body_start - CLOSE <= i < body_start,
            "line_heading": block.tag in ("h3", "h4", "h5"),
            "line_named": any(word in words for word in _NAMED),
            "line_strong": block.strong >= size - 2,
            "line_linked": block.links > size / 2,
            "line_dated": _WHEN.search(block.text) is not None,
            "line_ends": block.text.endswith(_ENDS),
        }
        yield block, [trait for trait, holds in held.items() if holds]
