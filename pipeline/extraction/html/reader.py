"""A raw HTML page to its parts: size limit, charset, one pass over the markup, each part from what that pass found."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction import charset
from pipeline.extraction.charset import repair_mojibake
from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.confidence import expected_f1
from pipeline.extraction.errors import EmptyPage, NotAnArticle, PageTooLarge
from pipeline.extraction.html import json_ld, people, times
from pipeline.extraction.html.body import BODY, read_body
from pipeline.extraction.html.kinds import page_kind, refuse_other_pages
from pipeline.extraction.html.markup import Markup, read_markup
from pipeline.extraction.html.titles import choose_title
from pipeline.extraction.html.witnesses import witnesses
from pipeline.extraction.page import Page
from pipeline.extraction.text.lines import Line
from pipeline.extraction.text.reading import read_lines
from schemas import RawArticle
from schemas.topics import MAX_PAGE_BYTES


def read(raw: RawArticle) -> Page:
    """The parts of an HTML page.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: see ``pipeline.extraction.errors``.
    """
    html = text_of(raw)
    markup = read_markup(html)
    nodes = json_ld.nodes(markup.json_ld)
    seen = witnesses(markup, nodes)
    body = read_body(markup, seen)
    refuse_other_pages(markup, nodes, body, raw.url, raw.http_status)
    span = body.span
    title = choose_title(markup, nodes, span[0] if span else None)
    named = people.authors(markup, nodes, span)
    first = times.published(markup, nodes, raw.url, raw.fetched_at, span)
    if not (title and named and first):  # what markup does not tell may be in print
        printed = read_lines(_lines(markup), raw.url, raw.fetched_at)
        title, named, first = title or printed.headline, named or printed.authors, first or printed.published
    return Page(
        title=title,
        paragraphs=body.paragraphs,
        bylines=people.bylines(markup, span),
        authors=named,
        captions=body.captions,
        removed=body.removed,
        published=first,
        modified=times.modified(markup, nodes, raw.fetched_at, first),
        credits=people.credited(nodes),
        canonical_url=next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url"),
        site_name=markup.meta("og:site_name"),
        language=markup.language,
        kind=page_kind(markup, nodes, body),
        confidence=expected_f1([len(b.text) for b in markup.blocks], body.chances, [x == BODY for x in body.labels]),
    )


def _lines(markup: Markup) -> list[Line]:
    """The blocks as the lines of a dump; their places in the raw text are lost."""
    texts = (clean_text(repair_mojibake(block.text)) for block in markup.blocks)
    return [Line(text, 0, 0) for text in texts if text]


def text_of(raw: RawArticle) -> str:
    """The page as text, whatever charset it came in; raises for one that is empty, too large or no text."""
    page = raw.page
    size = len(page)
    if isinstance(page, str) and size * 4 > MAX_PAGE_BYTES:
        size = len(page.encode("utf-8", "surrogatepass"))
    if size > MAX_PAGE_BYTES:
        raise PageTooLarge(f"page is {size:,} bytes, limit is {MAX_PAGE_BYTES:,} ({raw.url})")
    text = page if isinstance(page, str) else charset.decode(page, raw.charset, raw.headers)
    text = text.replace("\0", "")
    if not text or text.isspace():
        raise EmptyPage(f"page is empty ({raw.url})")
    if len(_BINARY.findall(text, 0, 4_000)) > 80:  # 2 %: a picture, an archive, a PDF
        raise NotAnArticle(f"page is binary data, not HTML ({raw.url})")
    return text


_BINARY: Final = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
