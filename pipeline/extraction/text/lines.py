"""A text dump to its lines, each with its place in the raw text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from copydesk.pipeline.extraction.characters.clean_text import clean_text, is_clean
from copydesk.pipeline.extraction.errors import PageTooLarge

MAX_LINES: Final = 20_000  # beyond it is no page of text but a listing or a log


class Line(NamedTuple):
    """A line that is not blank. ``start`` and ``end`` are character offsets into the raw text, end exclusive."""

    text: str  # clean: see ``clean_text``
    start: int
    end: int


def lines_of(text: str, url: str | None = None) -> list[Line]:
    """The lines of a dump; ``url`` is named if they are too many.

    Raises:
        PageTooLarge: it has more lines than a page can have.
    """
    lines = list(islice(split_lines(text), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        raise PageTooLarge(f"page has more than {MAX_LINES:,} lines ({url})")
    return lines


def split_lines(text: str) -> Iterator[Line]:
    """The lines of ``text`` that hold anything to read."""
    is_plain = is_clean(text)  # a whole page is cheaper to look through than its lines
    offset = 0
    for piece in text.splitlines(keepends=True):
        bare = piece.strip()
        if bare and (cleaned := " ".join(bare.split()) if is_plain else clean_text(bare)):
            start = offset + piece.index(bare[0])
            yield Line(cleaned, start, start + len(bare))
        offset += len(piece)
