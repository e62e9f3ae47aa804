"""The standfirst: the sentence or two between headline and story that sums it up, set apart from both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.html.headline.title_labels import is_widget
from copydesk.pipeline.extraction.html.markup import Block, Markup
from copydesk.pipeline.extraction.html.witnesses import Witnesses, squeeze
from copydesk.pipeline.extraction.names.labels import is_labelled
from copydesk.pipeline.extraction.refusing.signs import weight
from copydesk.pipeline.extraction.time.timestamps import read_time

ENOUGH: Final = 3.0  # points
ABOVE: Final = 40  # blocks above the story in which the headline is
BELOW_HEADLINE: Final = 16  # blocks
SHORT: Final = 90  # characters of a line that may be a byline or a time
BELOW: Final = 1  # blocks of the story, besides the first, that may be it
SIZE: Final = range(25, 601)  # characters
STORY: Final = 12  # blocks of the story that tell where it stands
SET_APART: Final = 0.8  # of the characters, in italics or bold
DESCRIBED: Final = 0.7  # of a description, that is the whole of the block
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5"})
_TEXT: Final = frozenset({"p", "li", "blockquote", "td", *_HEADINGS})
_ENDS: Final = (".", "!", "?", "。")
_APART: Final = frozenset({"figcaption", "figure", "aside", "nav", "footer", "form", "li", "td", "th"})


def find_standfirst(
    markup: Markup, witnesses: Witnesses, labels: Sequence[str], body: str, others: frozenset[int] = frozenset()
) -> int | None:
    """The block that is the standfirst; None where nothing is set apart as one.

    Args:
        labels: what each block was taken for, ``body`` the story.
        others: blocks that are none, whatever they look like.
    """
    story = [i for i, label in enumerate(labels) if label == body]
    headline = _headline(markup, witnesses, story[0]) if len(story) > 1 else None
    if headline is None:
        return None
    last = story[min(BELOW, len(story) - 2)]
    scored = {
        i: _points(markup, witnesses, i, story, headline)
        for i in range(headline + 1, min(last, headline + BELOW_HEADLINE) + 1)
        if i not in others
    }
    best = max(scored, key=lambda i: (scored[i], -i), default=None)
    return best if best is not None and scored[best] >= ENOUGH else None


def _headline(markup: Markup, witnesses: Witnesses, first: int) -> int | None:
    """The block of the headline that stands nearest above the story, or is its first."""
    above = range(first, max(-1, first - ABOVE), -1)
    titles = (i for i in above if witnesses.is_title(markup.blocks[i].text))
    return next(titles, next((i for i in above if markup.blocks[i].tag == "h1"), None))


def _points(markup: Markup, witnesses: Witnesses, i: int, story: list[int], headline: int) -> float:
    """What speaks for a block being the standfirst."""
    block = markup.blocks[i]
    below = [j for j in story if j > i]
    if not below or not _may_be(markup, witnesses, block):
        return 0.0
    home = _home_of_story(markup, below)
    words = _words(markup, block, home)
    if _pattern("never").search(words):
        return 0.0
    points = 3.0 if _pattern("sure").search(words) else 1.0 if _pattern("likely").search(words) else 0.0
    points += 2.0 if _is_description(witnesses, block.text) else 0.0
    points += _stands_apart(markup, i, headline, below, home)
    if block.tag in _HEADINGS:
        alike = any(_kind(markup, markup.blocks[j]) == _kind(markup, block) for j in below)
        titled = witnesses.is_title(markup.blocks[headline].text)
        points += -3.0 if alike or story[0] < i else 2.0 if titled else 0.0
    elif block.strong >= SET_APART * len(block.text):
        points += 1.0
    return points


def _stands_apart(markup: Markup, i: int, headline: int, below: list[int], home: int) -> float:
    """Whether a block stands with the headline (1) or with the story (-1)."""
    block = markup.blocks[i]
    if _home(markup, block) == home:
        between = below[0] - i > 1  # a byline, a time, a picture
        return (1.0 if i == headline + 1 else 0.0) if between else -1.0
    with_headline = _shared_depth(markup, block, markup.blocks[headline])
    with_story = _shared_depth(markup, block, markup.blocks[below[0]])
    return 1.0 if with_headline > with_story or below[0] - i > 1 else 0.0


def _shared_depth(markup: Markup, one: Block, other: Block) -> int:
    """Depth of the innermost element that holds both."""
    above = _above(markup, one.element)
    return max((markup.elements[e].depth for e in _above(markup, other.element) if e in above), default=-1)


def _may_be(markup: Markup, witnesses: Witnesses, block: Block) -> bool:
    text = block.text
    if weight(text) not in SIZE or block.links > len(text) / 2 or text.endswith((":", "：")):
        return False
    if block.element < 0 or witnesses.is_title(text) or is_widget(text):
        return False
    if len(text) < SHORT and (is_labelled(text) or (read_time(text) is not None and not text.endswith(_ENDS))):
        return False
    return not any(element.hidden or element.tag in _APART for element in markup.ancestors(block.element)[:4])


def _is_description(witnesses: Witnesses, text: str) -> bool:
    """Whether a description of the page is the whole of the block."""
    squeezed = squeeze(text).rstrip(".…")
    return any(
        one.startswith(squeezed[:60])
        and DESCRIBED * len(squeezed) <= len(one.rstrip(".…")) <= len(squeezed) / DESCRIBED
        for one in witnesses.description.split(" ")
    )


def _words(markup: Markup, block: Block, home: int) -> str:
    """Class words of the block's element, and of the two above it as far as the story is not in them, too."""
    found, here = [], block.element
    around = _above(markup, home)
    for _ in range(3):
        if here < 0 or here in around or markup.elements[here].tag in ("body", "main", "article", "header"):
            break
        found.append(markup.elements[here].words)
        here = markup.elements[here].parent
    return " ".join(found)


def _above(markup: Markup, element: int) -> set[int]:
    """``element`` and those above it."""
    found = set()
    while element >= 0:
        found.add(element)
        element = markup.elements[element].parent
    return found


def _home(markup: Markup, block: Block) -> int:
    """What the element of a text stands in, or is."""
    element = markup.elements[block.element]
    return element.parent if block.tag in _TEXT else block.element


def _home_of_story(markup: Markup, story: list[int]) -> int:
    sizes: Counter[int] = Counter()
    for i in story[:STORY]:
        sizes[_home(markup, markup.blocks[i])] += len(markup.blocks[i].text)
    return sizes.most_common(1)[0][0]


def _kind(markup: Markup, block: Block) -> tuple[str, str]:
    return block.tag, markup.elements[block.element].words


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    lines = (line.partition("\t") for line in data_lines(__file__, "standfirst_words.txt"))
    return re.compile("|".join(f"(?:{words})" for of, _, words in lines if of == kind))
