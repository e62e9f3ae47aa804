"""Boxes of a page that are whole never its article: threads of comments, lists of other stories under a heading."""

from __future__ import annotations

import re
from typing import Final

from copydesk.pipeline.extraction.html.headline.title_labels import is_widget
from copydesk.pipeline.extraction.html.markup import Markup

LINKS: Final = 0.6  # of the characters below the heading of a list of stories
SHARE: Final = 0.35  # of the article's characters; a box that holds more is the article's own
LONGEST_HEADING: Final = 60  # characters
_COMMENTS: Final = re.compile(
    r"(?<![a-z])(?:comments?-?_?(?:list|thread|box|section|area|wrap|wrapper|body|item|content|text)?|commentlist"
    r"|commentbox|disqus_thread|leserkommentare?|kommentare|kommentarer|commentaires|comentarios|commenti|reacties)(?![a-z])"
)


def boxes(markup: Markup, labels: list[str], body: str) -> dict[int, str]:
    """The blocks labelled ``body`` that stand in such a box, with its kind."""
    kept = [i for i, label in enumerate(labels) if label == body]
    sizes = {i: len(markup.blocks[i].text) for i in kept}
    if not kept:
        return {}
    most = SHARE * sum(sizes.values())
    found: dict[int, str] = {}
    for kind, members in (("comment", _in_comments(markup, kept)), ("related", _in_lists(markup, kept))):
        if 0 < sum(sizes[i] for i in members) <= most:
            found.update(dict.fromkeys(members, kind))
    return found


def _in_comments(markup: Markup, kept: list[int]) -> list[int]:
    known: dict[int, bool] = {-1: False}  # by element: whether it is in a thread
    for i in kept:
        here, path = markup.blocks[i].element, []
        while here not in known:
            path.append(here)
            here = markup.elements[here].parent
        inside = known[here]
        for element in reversed(path):
            inside = inside or _COMMENTS.search(markup.elements[element].words) is not None
            known[element] = inside
    return [i for i in kept if known[markup.blocks[i].element]]


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
    before = set(_ancestors(markup, block - 1)) if block else set()
    for element in _ancestors(markup, block):
        if element in before or markup.elements[element].tag in ("body", "main", "article", "html"):
            break
        best = element if element != here or markup.elements[here].tag in ("div", "section", "aside") else best
    return best


def _ancestors(markup: Markup, block: int) -> list[int]:
    found, here = [], markup.blocks[block].element
    while here >= 0:
        found.append(here)
        here = markup.elements[here].parent
    return found


def _blocks_in(markup: Markup, element: int, first: int) -> list[int]:
    inside = []
    for i in range(first, len(markup.blocks)):
        if element not in _ancestors(markup, i):
            break
        inside.append(i)
    return inside
