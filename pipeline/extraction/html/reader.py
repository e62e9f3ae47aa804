"""A raw HTML page to its parts: one pass over the markup, each part from what that pass found."""

from __future__ import annotations

from copydesk.pipeline.extraction.characters.clean_text import count_hidden
from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.pipeline.extraction.confidence import expected_f1
from copydesk.pipeline.extraction.html import people, times
from copydesk.pipeline.extraction.html.access import access, offer_is_below
from copydesk.pipeline.extraction.html.body import TEXT, without_biographies
from copydesk.pipeline.extraction.html.bylines import bylines
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.kinds import page_kind, refuse_other_pages
from copydesk.pipeline.extraction.html.live.entries import without_entries
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.signs import signs_of
from copydesk.pipeline.extraction.html.telling import canonical, told_by
from copydesk.pipeline.extraction.page import Page
from copydesk.pipeline.extraction.refusing.decision import refuse_if_none, refuse_mere_offer
from copydesk.schemas import RawArticle


def read(raw: RawArticle) -> Page:
    """The parts of an HTML page.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: see ``copydesk.pipeline.extraction.errors``.
    """
    html = text_of(raw)
    markup = read_markup(html)
    nodes = json_ld.nodes(markup.json_ld)
    refuse_other_pages(markup, nodes, html, raw.url, raw.http_status)
    told = told_by(markup, nodes, raw)
    refuse_if_none(signs_of(markup, nodes, html, raw.url, told), raw.url)
    refuse_mere_offer(told.body.paragraphs, raw.url)
    offered = told.body is not told.whole or offer_is_below(markup, told.body)
    open_to = access(markup, nodes, told.body, offered=offered)
    outside = without_entries(markup, told.body.entries)
    body, span = without_biographies(told.body, markup, told.authors), told.body.span
    return Page(
        title=told.title,
        kicker=told.kicker,
        standfirst=body.standfirst if body.standfirst in body.paragraphs else None,
        paragraphs=body.paragraphs,
        bylines=bylines(markup, span),
        authors=told.authors,
        captions=body.captions,
        removed=body.removed,
        published=told.published,
        modified=times.modified(outside, told.own, told.imprint, told.published, span),
        credits=people.credited(told.own),
        canonical_url=canonical(markup),
        site_name=markup.meta("og:site_name"),
        language=markup.language,
        kind=page_kind(markup, nodes, body, open_to),
        access=open_to,
        confidence=expected_f1([len(b.text) for b in markup.blocks], body.chances, [x in TEXT for x in body.labels]),
        hidden_characters=sum(count_hidden(block.text) for block in markup.blocks if not block.text.isprintable()),
    )
