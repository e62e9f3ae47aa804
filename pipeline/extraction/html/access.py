"""What a page gives away of its article: all of it, or the beginning and an offer to subscribe.

Reference:
    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from copydesk.pipeline.extraction.html.body import BODY, TEXT, Body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.page import Access
from copydesk.pipeline.extraction.refusing.offers import NEXT, offer_in, offered_below
from copydesk.pipeline.extraction.refusing.signs import weight
from copydesk.schemas import Removed

SUBSCRIBE: Final = "subscribe"
"""Kind of what is removed: the offer."""
SHORT: Final = 700  # characters of what a page leaves of an article that markup calls paid
_METAS: Final = ("isaccessibleforfree", "article:content_tier", "content_tier", "article:access", "paywall-status")
_NAMES: Final = re.compile(r"[.#]([\w-]{2,80})")
_FREE: Final = frozenset({"free", "true", "1", "yes", "https://schema.org/true", "http://schema.org/true"})
_PAID: Final = frozenset({"locked", "paid", "false", "0", "no", "https://schema.org/false", "http://schema.org/false"})


def without_offer(body: Body) -> Body:
    """The body without the offer to subscribe that ends it; the offer goes to what was removed."""
    offer = offer_in(body.paragraphs)
    if not offer:
        return body
    kept = [i for i, label in enumerate(body.labels) if label in TEXT]
    labels = list(body.labels)
    if len(kept) == len(body.paragraphs):  # else a block was no text once it was cleaned, and cannot be told
        for number in offer:
            labels[kept[number]] = SUBSCRIBE
    return replace(
        body,
        paragraphs=tuple(text for i, text in enumerate(body.paragraphs) if i not in offer),
        removed=(*body.removed, *(Removed(kind=SUBSCRIBE, text=body.paragraphs[i]) for i in sorted(offer))),
        labels=tuple(labels),
    )


def offer_is_below(markup: Markup, body: Body) -> bool:
    """Whether what stands right below the text, and was cut already, is an offer to read the rest."""
    if body.span is None:
        return False
    below = [block.text for block in markup.blocks[body.span[1] + 1 :][:NEXT]]
    return offered_below(below, sum(map(weight, body.paragraphs)))


def access(markup: Markup, nodes: list[json_ld.Node], body: Body, *, offered: bool) -> Access | None:
    """``stub`` where an offer stands below the text, or markup calls it paid and little or nothing of it is there."""
    free = _declared(markup, nodes)
    if offered:
        return "stub"
    if free is False and (sum(map(len, body.paragraphs)) < SHORT or _is_kept_back(markup, nodes, body)):
        return "stub"
    return "free" if free else None


def _declared(markup: Markup, nodes: list[json_ld.Node]) -> bool | None:
    """Whether markup says that the article is free; None where it says nothing, or that some have to pay."""
    for node in json_ld.articles(nodes) or nodes:
        if (told := _flag(node.get("isAccessibleForFree"))) is not None:
            return told
    return _flag(markup.meta(*_METAS))


def _flag(value: Any) -> bool | None:
    word = str(value).strip().lower()
    return True if word in _FREE else False if word in _PAID else None


def _is_kept_back(markup: Markup, nodes: list[json_ld.Node], body: Body) -> bool:
    """Whether markup names the part that has to be paid for, and none of the text stands in it."""
    parts = [part for node in nodes for part in _parts(node) if _flag(part.get("isAccessibleForFree")) is False]
    names = {name.lower() for part in parts for name in _NAMES.findall(str(part.get("cssSelector"))[:1_000])}
    if not names:
        return False
    kept = [markup.blocks[i].element for i, label in enumerate(body.labels) if label == BODY]
    return not any(names & set(element.words.split()) for at in kept for element in markup.ancestors(at))


def _parts(node: json_ld.Node) -> list[json_ld.Node]:
    parts = node.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]
