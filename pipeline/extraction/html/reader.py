"""A raw HTML page to its parts: size limit, charset, one pass over the markup, then each part from what that pass found."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from pipeline.extraction import charset
from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.errors import EmptyPage, PageTooLarge
from pipeline.extraction.html import json_ld
from pipeline.extraction.html.body import read_body
from pipeline.extraction.html.markup import Markup, read_markup
from pipeline.extraction.html.witnesses import witnesses
from pipeline.extraction.page import Page, Stamp
from schemas import RawArticle
from schemas.topics import MAX_PAGE_BYTES


def read(raw: RawArticle) -> Page:
    """The parts of an HTML page.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: see ``pipeline.extraction.errors``.
    """
    html = _text_of(raw)
    markup = read_markup(html)
    nodes = json_ld.nodes(markup.json_ld)
    seen = witnesses(markup, nodes)
    body = read_body(markup, seen)
    if not body.paragraphs:
        raise EmptyPage(f"no article text found in a page of {len(html):,} characters ({raw.url})")
    article = next(iter(json_ld.articles(nodes)), {})
    return Page(
        title=_title(markup, article),
        paragraphs=body.paragraphs,
        captions=body.captions,
        removed=body.removed,
        authors=_authors(article),
        published=_stamp(
            json_ld.text(article.get("datePublished")) or markup.meta("article:published_time"), raw.fetched_at
        ),
        modified=_stamp(
            json_ld.text(article.get("dateModified")) or markup.meta("article:modified_time"), raw.fetched_at
        ),
        canonical_url=next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url"),
        site_name=markup.meta("og:site_name"),
        language=markup.language,
    )


def _text_of(raw: RawArticle) -> str:
    page = raw.page
    size = len(page) if isinstance(page, bytes) else len(page.encode("utf-8", "surrogatepass"))
    if size > MAX_PAGE_BYTES:
        raise PageTooLarge(f"page is {size:,} bytes, limit is {MAX_PAGE_BYTES:,} ({raw.url})")
    text = page if isinstance(page, str) else charset.decode(page, raw.charset, raw.headers)
    if not text.strip(" \t\r\n\0"):
        raise EmptyPage(f"page is empty ({raw.url})")
    return text.replace("\0", "")


def _title(markup: Markup, article: json_ld.Node) -> str | None:
    headings = [block.text for block in markup.blocks if block.tag == "h1"]
    candidates = [headings[0] if len(headings) == 1 else None, json_ld.text(article.get("headline"))]
    candidates += [markup.meta("og:title"), *headings, markup.title]
    return next((clean_text(title) for title in candidates if title and clean_text(title)), None)


def _authors(article: json_ld.Node) -> tuple[str, ...]:
    authors = article.get("author")
    names = [json_ld.text(author) for author in (authors if isinstance(authors, list) else [authors])[:50]]
    return tuple(dict.fromkeys(clean_text(name)[:200] for name in names if name and not name.startswith("http")))


_ISO: Final = re.compile(r"^\s{0,20}(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?")


def _stamp(value: str | None, fetched_at: datetime) -> Stamp | None:
    match = _ISO.match(value or "")
    if match is None:
        return None
    day, minute, second, zone = match.groups()
    try:
        when = datetime.fromisoformat(f"{day}T{minute or '00:00'}{second or ''}{zone or ''}")
    except ValueError:
        return None
    if (when if when.tzinfo else when.replace(tzinfo=fetched_at.tzinfo)) > fetched_at + timedelta(days=1):
        return None
    return Stamp(when, "second" if second else "minute" if minute else "day", match[0].strip(), when.tzinfo)
