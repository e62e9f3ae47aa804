"""What kind of page it is, and whether it is an article at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from copydesk.pipeline.extraction.addresses.address import parts_of
from copydesk.pipeline.extraction.errors import EmptyPage, NotAnArticle
from copydesk.pipeline.extraction.html.body import Body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.page import Access
from copydesk.pipeline.extraction.refusing.phrases import told_by

_NOSCRIPT: Final = re.compile(r"<noscript[^<>]{0,200}>(.{0,2000}?)</noscript", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]{0,300}>")
SHORT: Final = 700  # characters of a body that is no more than a teaser or a video's description
_GALLERIES: Final = frozenset({"imagegallery", "mediagallery"})
_VIDEOS: Final = frozenset({"videoobject", "videogallery"})


def refuse_other_pages(
    markup: Markup, nodes: list[json_ld.Node], html: str, url: str | None, status: int | None
) -> None:
    """Raises EmptyPage for a page without text, NotAnArticle for an error's status, an empty shell, a front page."""
    if not markup.blocks:
        if any(dict(told_by(text)).get("shell") for text in _without_scripts(html)):
            raise NotAnArticle("shell", f"nothing is shown without JavaScript ({url})")
        raise EmptyPage(f"page has no visible text ({url})")
    if status is not None and status >= 400:
        raise NotAnArticle("status", f"server answered with status {status} ({url})")
    if _is_front_page(markup, nodes, url):
        raise NotAnArticle("front-page", f"root of a site, mostly links ({url})")


def _without_scripts(html: str) -> Iterator[str]:
    """What a page shows where no script runs."""
    for match in islice(_NOSCRIPT.finditer(html), 20):
        yield " ".join(_TAG.sub(" ", match[1]).split())


def page_kind(markup: Markup, nodes: list[json_ld.Node], body: Body, access: Access | None) -> str:
    """``article``, ``live-blog``, ``gallery``, ``video`` or ``paywalled-stub``."""
    types = set().union(*(json_ld.types(node) for node in nodes)) if nodes else set()
    size = sum(map(len, body.paragraphs))
    if "liveblogposting" in types or body.entries:
        return "live-blog"
    if access == "stub":
        return "paywalled-stub"
    if size < SHORT and types & _GALLERIES:
        return "gallery"
    says_video = (markup.meta("og:type") or "").lower().startswith("video")
    if size < SHORT and (says_video or (types & _VIDEOS and not json_ld.articles(nodes))):
        return "video"
    return "article"


def _is_front_page(markup: Markup, nodes: list[json_ld.Node], url: str | None) -> bool:
    """The root of a site, mostly links, that nowhere says it is an article."""
    parts = parts_of(url)
    if not parts.netloc or parts.path not in ("", "/") or parts.query:
        return False
    says_article = (markup.meta("og:type") or "").lower() == "article" or any(
        json_ld.types(node) & {"newsarticle", "article", "blogposting"} for node in nodes
    )
    letters = sum(len(block.text) for block in markup.blocks)
    return not says_article and sum(block.links for block in markup.blocks) > letters / 2
