"""Boxes of a page that are whole never its article: threads of comments, lists of other stories under a heading."""

from __future__ import annotations

from typing import Final

import numpy as np

from copydesk.pipeline.extraction.html.headline.title_labels import is_widget
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.named_boxes import KINDS, in_named_boxes
from copydesk.pipeline.extraction.trees import Floats

LINKS: Final = 0.6  # of the characters below the heading of a list of stories
SHARE: Final = 0.35  # of the article's characters; a list that holds more is the article's own
OUTSIDE: Final = (
    100  # characters of body to be expected outside of what is named a thread; with fewer it is the article
)
OUTSIDE_SHARE: Final = 0.02  # of those on the page
LONGEST_HEADING: Final = 60  # characters


def boxes(markup: Markup, labels: list[str], body: str, chances: Floats, titles: list[int]) -> dict[int, str]:
    """The blocks labelled ``body`` that stand in such a box, with its kind.

    Args:
        chances: of each block to be body.
        titles: the blocks of the headline.
    """
    kept = [i for i, label in enumerate(labels) if label == body]
    if not kept:
        return {}
    sizes = np.array([len(block.text) for block in markup.blocks])
    found: dict[int, str] = {}
    expected = chances * sizes
    for kind in KINDS:
        inside = in_named_boxes(markup, kind, titles)
        if expected[np.logical_not(inside)].sum() >= max(OUTSIDE, OUTSIDE_SHARE * expected.sum()):
            found.update({i: kind for i in kept if inside[i]})
    lists = _in_lists(markup, kept)
    if sizes[lists].sum() <= SHARE * sizes[kept].sum():
        found.update(dict.fromkeys(lists, "related"))
    return found


def _in_lists(markup: Markup, kept: list[int]) -> list[int]:
    """Blocks that stand with a heading of other stories in an element that is mostly links."""
    found: list[int] = []
    for i in range(max(kept[0] - 1, 0), kept[-1]):
        block = markup.blocks[i]
        if len(block.text) > LONGEST_HEADING or block.tag in ("p", "li", "td") or not is_widget(block.text):
            continue
        element = _headed(markup, i)
        if element is None:
            continue
        inside = _blocks_in(markup, element, i)
        below = [markup.blocks[j] for j in inside[1:]]
        size = sum(len(other.text) for other in below)
        if size and sum(other.links for other in below) >= LINKS * size:
            found += [j for j in inside if j in kept]
    return found


def _headed(markup: Markup, block: int) -> int | None:
    """The largest element that opens with the block, apart from what holds the page together."""
    best, here = None, markup.blocks[block].element
    before = set(markup.path(markup.blocks[block - 1].element)) if block else set()
    for element in markup.path(here):
        if element in before or markup.elements[element].tag in ("body", "main", "article", "html"):
            break
        best = element if element != here or markup.elements[here].tag in ("div", "section", "aside") else best
    return best


def _blocks_in(markup: Markup, element: int, first: int) -> list[int]:
    inside = []
    for i in range(first, len(markup.blocks)):
        if element not in markup.path(markup.blocks[i].element):
            break
        inside.append(i)
    return inside
