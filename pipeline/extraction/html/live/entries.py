"""Whether a page is a live blog, and which of its containers are the entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from copydesk.pipeline.extraction.html.live.column import PROSE, Columns, Entry
from copydesk.pipeline.extraction.html.live.times import HEADINGS, timed_blocks
from copydesk.pipeline.extraction.html.markup import Block, Markup
from copydesk.pipeline.extraction.html.witnesses import Witnesses, squeeze
from copydesk.pipeline.extraction.live_words import called_live

FEWEST, FEWEST_TOLD = 4, 2  # entries, where markup does not and does say that the page is a live blog
SHARE, SHARE_TOLD = 0.5, 0.25  # of the page's prose that they hold
OPENING: Final = 4  # blocks of an entry among which its time is
MOST: Final = 0.8  # of the entries
LARGEST: Final = 0.6  # of the prose of all entries, that one may hold
TIMES: Final = 3  # in one entry: when it was written, when it was changed
_MARKED: Final = re.compile("liveblogposting|liveblogupdate")
CONTAINED: Final = 0.8  # of the prose of entries without containers; containers that hold so much are believed


def find_entries(markup: Markup, witnesses: Witnesses) -> tuple[Entry, ...]:
    """The entries of a live blog in page order; none where the page is no live blog, or does not tell them apart.

    A page is one if its markup says so, or if class words or a headline do, and most of the page's text stands in a
    column of containers, each with a time of day and none with a headline that leads elsewhere.
    """
    told = witnesses.live or _is_marked(markup)
    titled = called_live("title", witnesses.titles)
    if not (told or titled or called_live("class", {element.words for element in markup.elements})):
        return ()
    columns = Columns(markup)
    timed = timed_blocks(markup, any_time=told)
    if told:
        return _told(markup, witnesses, columns, timed)
    found = columns.best({i: i for i in timed}, TIMES)
    return found if _looks_live(markup, columns, found, timed) and (titled or _is_called_live(markup, found)) else ()


def _told(markup: Markup, witnesses: Witnesses, columns: Columns, timed: frozenset[int]) -> tuple[Entry, ...]:
    """The entries of a page that says it is a live blog: by their times, by what markup tells of them, by headings."""
    headings = [i for i, block in enumerate(markup.blocks) if block.tag in HEADINGS]
    found = max(
        columns.best({i: i for i in timed}, TIMES), columns.best(_said(markup, witnesses), 1), key=columns.prose_in
    )
    flat = columns.flat(timed)
    found = flat if columns.prose_in(found) < CONTAINED * columns.prose_in(flat) else found
    for entries in (found, columns.best({i: i for i in headings}, TIMES)):
        if len(entries) >= FEWEST_TOLD and columns.prose_in(entries) >= SHARE_TOLD * columns.prose:
            return entries
    return ()


def _looks_live(markup: Markup, columns: Columns, found: Sequence[Entry], timed: frozenset[int]) -> bool:
    """Whether a column is most of the page, each part opens with a time, none is most of it, few lead elsewhere."""
    whole = columns.prose_in(found)
    if len(found) < FEWEST or whole < SHARE * columns.prose:
        return False
    opened = sum(not timed.isdisjoint(entry.blocks[:OPENING]) for entry in found)
    elsewhere = sum(any(_is_link(markup.blocks[i]) for i in entry.blocks) for entry in found)
    largest = max(columns.prose_in([entry]) for entry in found)
    return opened >= MOST * len(found) and elsewhere < len(found) / 2 and largest <= LARGEST * whole


def _is_called_live(markup: Markup, found: Sequence[Entry]) -> bool:
    """Whether class words of the entries, of what is in them or of what they are in speak of a live blog."""
    around = markup.ancestors(found[0].element)
    inside = (markup.elements[markup.blocks[i].element] for entry in found for i in entry.blocks)
    return called_live("class", (element.words for element in (*around, *inside)))


def blocks_of(entries: Sequence[Entry]) -> frozenset[int]:
    """The blocks of all ``entries``."""
    return frozenset(i for entry in entries for i in entry.blocks)


def without_entries(markup: Markup, blocks: frozenset[int]) -> Markup:
    """The page as if its entries, ``blocks``, said nothing: their times are not the page's."""
    if not blocks:
        return markup
    silent = [replace(block, text="") if i in blocks else block for i, block in enumerate(markup.blocks)]
    return replace(markup, blocks=silent, marks=[mark for mark in markup.marks if mark.block not in blocks])


def _is_marked(markup: Markup) -> bool:
    return any("liveblog" in e.words and _MARKED.search(e.words) for e in markup.elements)


def _said(markup: Markup, witnesses: Witnesses) -> dict[int, int]:
    """The blocks of prose that an entry of the markup tells, with the entry's number."""
    prose = ((i, block.text) for i, block in enumerate(markup.blocks) if len(block.text) >= PROSE)
    numbers = ((i, witnesses.entry_of(squeeze(text))) for i, text in prose)
    return {i: number for i, number in numbers if number is not None}


def _is_link(block: Block) -> bool:
    """Whether a heading leads elsewhere."""
    return block.tag in HEADINGS and block.links >= 0.8 * len(block.text)
