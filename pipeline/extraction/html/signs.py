"""What of an HTML page tells whether it is an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from copydesk.pipeline.extraction.html.body import TEXT
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Block, Markup
from copydesk.pipeline.extraction.html.telling import Told
from copydesk.pipeline.extraction.refusing.address_signs import address_signs
from copydesk.pipeline.extraction.refusing.signs import Signs, weight

HEADLINE: Final = 18  # characters of a link that may be the headline of another page
FEW: Final = 500  # characters of a body beside which links are counted that announce without a word of text
LINES: Final = 300
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_APART: Final = frozenset({"nav", "header", "footer", "aside"})
_SEPARATOR: Final = re.compile(r"\s[|–—·»:•-]\s|\s?[|｜]\s?")
_PASSWORD: Final = ('type="password"', "type='password'", "type=password")
_CAPTCHA: Final = (
    "g-recaptcha", "h-captcha", "cf-turnstile", "cf-challenge", "challenge-platform", "challenge-form", "px-captcha",
    "captcha-delivery", "_Incapsula_Resource", "awsWafCaptcha", "aws-waf-token", "arkoselabs", "friendly-captcha",
    "frc-captcha", "smartcaptcha", "geetest",
)  # fmt: skip
_LISTS: Final = frozenset({"collectionpage", "itemlist", "profilepage", "medialist"})


def signs_of(markup: Markup, nodes: list[json_ld.Node], html: str, url: str | None, told: Told) -> Signs:
    """The signs of a page."""
    body = told.whole
    blocks = [markup.blocks[i] for i, label in enumerate(body.labels) if label in TEXT]
    size = sum(weight(block.text) for block in blocks)
    teasers = [block for i, block in enumerate(markup.blocks) if body.labels[i] in TEXT and _announces(markup, i)]
    announced = sum(weight(block.text) for block in teasers)
    if size < FEW:
        linked = [block for block in markup.blocks if _is_headline(block) and not _is_apart(markup, block)]
        told_of = sum(weight(block.text) for block in linked)
        if told_of > size:
            teasers, announced, size = linked, announced + told_of, size + told_of
    short = Counter(block.text for block in markup.blocks if 3 < len(block.text) <= 30)
    return Signs(
        titles=tuple(_titles(markup, told.title)),
        lines=tuple(islice((b.text for b in markup.blocks if b.links < 0.5 * len(b.text)), LINES)),
        body=body.paragraphs,
        dated=told.published is not None,
        authored=bool(told.authors),
        teasers=len(teasers),
        teased=announced / size if size else 0.0,
        stamps=len({mark.block for mark in markup.marks if mark.tag == "time"}),
        again=max(short.values(), default=0),
        marked=frozenset(_marked(markup, nodes, html if size < FEW else "")) | address_signs(url),
    )


def _titles(markup: Markup, title: str | None) -> Iterator[str]:
    parts = [part for part in _SEPARATOR.split(markup.title) if part.strip()]
    headings = [block.text for block in markup.blocks if block.tag == "h1"][:2]
    yield from dict.fromkeys(filter(None, (title, *headings, *parts[:1], *parts[-1:], markup.meta("og:title"))))


def _marked(markup: Markup, nodes: list[json_ld.Node], html: str) -> Iterator[str]:
    if any(mark in html for mark in _PASSWORD):
        yield "password field"
    if any(mark in html for mark in _CAPTCHA):
        yield "captcha widget"
    if "noindex" in (markup.meta("robots", "googlebot") or "").lower():
        yield "not to be indexed"
    kind = (markup.meta("og:type") or "").lower()
    types = set().union(*(json_ld.types(node) for node in nodes)) if nodes else set()
    if kind.startswith("article") or markup.meta("article:published_time") or _describes_article(nodes):
        yield "markup says article"
    elif types & _LISTS:
        yield "markup says listing"
    if "searchresultspage" in types:
        yield "markup says search"
    if kind == "website":
        yield "markup says website"
    if any(rel in ("next", "prev") for rel, _ in markup.links):
        yield "next and previous pages"


def _describes_article(nodes: list[json_ld.Node]) -> bool:
    return any("headline" in node or "articleBody" in node for node in json_ld.articles(nodes))


def _announces(markup: Markup, number: int) -> bool:
    """Whether a block of the body is the summary of another page: beside the link to it, or round it."""
    block = markup.blocks[number]
    if block.anchors and weight(block.text) < 500 and 0.15 * len(block.text) < block.links and block.links >= HEADLINE:
        return True
    for near in (number - 1, number - 2, number + 1):
        if not 0 <= near < len(markup.blocks) or not _is_headline(other := markup.blocks[near]):
            continue
        if _is_item(markup, block, other) or (near < number and other.tag in _HEADINGS):
            return True
    return False


def _is_headline(block: Block) -> bool:
    return block.links >= 0.8 * len(block.text) and weight(block.text) >= HEADLINE


def _is_item(markup: Markup, block: Block, other: Block) -> bool:
    """Whether two blocks stand in one small element of a list: an ``<article>``, a ``<li>``, a card."""
    above, at = set(), other.element
    for _ in range(4):
        if at < 0:
            break
        above.add(at)
        at = markup.elements[at].parent
    at = block.element
    for _ in range(4):
        if at < 0:
            return False
        if at in above:
            tag, words = markup.elements[at].tag, markup.elements[at].words
            return tag in ("li", "article", "dd", "tr") or any(word in words for word in ("item", "card", "teaser"))
        at = markup.elements[at].parent
    return False


def _is_apart(markup: Markup, block: Block) -> bool:
    return any(element.tag in _APART for element in markup.ancestors(block.element))
