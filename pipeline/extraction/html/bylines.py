"""The lines of a page that name its authors, as printed: in something called a byline, or behind a label of authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html.markup import Element, Markup
from copydesk.pipeline.extraction.names.labels import holds_label, is_labelled
from copydesk.pipeline.extraction.names.opening import opening_byline
from copydesk.pipeline.extraction.names.script import language_of_script
from copydesk.pipeline.extraction.names.tables import short_language

MAX_BYLINE: Final = 300  # characters; what is longer is a biography
MOST: Final = 5  # lines
LABELLED: Final = 80  # characters of a line that opens with a label, or holds one and its colon
ABOVE_BODY: Final = 30  # blocks
SAMPLE: Final = 40  # blocks by which a page that does not say so is known to be in Chinese, Japanese or Korean
_AUTHOR: Final = re.compile("author|byline|by-line|creator|writer|reporter|autor|journalist")
_ELSEWHERE: Final = re.compile(
    "credit|copyright|comment|related|teaser|recirc|card-|-card|sidebar|popular|footer|bio|social|avatar|image|photo"
    "|caption|follow|share|twitter|description|role|title|email|job|position|location|date|time|latest|more-"
)
_LINES: Final = ("p", "div", "span", "section", "header", "address", "footer", "td", "center", "dd")
_NOT_BYLINE: Final = re.compile("comment|related|teaser|recirc|footer|caption")


def bylines(markup: Markup, body: tuple[int, int] | None) -> tuple[str, ...]:
    """The lines round the body that name its authors; ``body`` are its first and last block."""
    found = filter(None, (clean_text(text) for text in _round(markup, body, language_of(markup)))) if body else ()
    return tuple(islice(dict.fromkeys(found), MOST))


def language_of(markup: Markup) -> str | None:
    """What the page says, two letters, else what its script tells."""
    return short_language(markup.language) or language_of_script("".join(b.text[:200] for b in markup.blocks[:SAMPLE]))


def is_of_author(words: str) -> bool:
    """Whether an element of these class words is the author's, and not a portrait, a date or the like beside."""
    return _AUTHOR.search(words) is not None and not _ELSEWHERE.search(words)


def is_caption(element: Element) -> bool:
    """Whether an element is a caption, or of what stands round an article."""
    return element.tag in ("figure", "figcaption") or bool(_NOT_BYLINE.search(element.words))


def _round(markup: Markup, body: tuple[int, int], language: str | None) -> Iterator[str]:
    first, last = body
    above = range(max(0, first - ABOVE_BODY), min(first + 3, len(markup.blocks)))
    below = range(last + 1, min(last + 5, len(markup.blocks)))
    for i in (*above, *below):
        block = markup.blocks[i]
        near = markup.ancestors(block.element, 2)
        if i == first and (opening := opening_byline(block.text)):
            yield opening
        if len(block.text) > MAX_BYLINE or any(map(is_caption, near)):
            continue
        line = len(block.text) <= LABELLED and block.tag in _LINES
        if any(is_of_author(element.words) for element in near) or (
            line and (is_labelled(block.text, language) or holds_label(block.text, language))
        ):
            yield block.text
