"""A raw HTML page to its parts: one pass over the markup, each part from what that pass found."""

from __future__ import annotations

from copydesk.pipeline.extraction.characters.charset import repair_mojibake
from copydesk.pipeline.extraction.characters.clean_text import clean_text, count_hidden
from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.pipeline.extraction.confidence import expected_f1
from copydesk.pipeline.extraction.html import json_ld, people, times
from copydesk.pipeline.extraction.html.access import access, offer_is_below, without_offer
from copydesk.pipeline.extraction.html.body import BODY, read_body
from copydesk.pipeline.extraction.html.containers import without_biographies
from copydesk.pipeline.extraction.html.kinds import page_kind, refuse_other_pages
from copydesk.pipeline.extraction.html.markup import Markup, read_markup
from copydesk.pipeline.extraction.html.signs import Told, signs_of
from copydesk.pipeline.extraction.html.titles import choose_title
from copydesk.pipeline.extraction.html.witnesses import witnesses
from copydesk.pipeline.extraction.page import Page
from copydesk.pipeline.extraction.refusing.decision import refuse_if_none, refuse_mere_offer
from copydesk.pipeline.extraction.text.lines import Line
from copydesk.pipeline.extraction.text.reading import Reading, read_lines
from copydesk.pipeline.extraction.time.imprint import Imprint
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
    seen = witnesses(markup, nodes)
    whole = read_body(markup, seen)
    body = without_offer(whole)
    span = body.span
    headline = choose_title(markup, nodes, span[0] if span else None)
    title = headline.text
    own = json_ld.own(nodes, _addresses(markup, raw.url), _titles(markup))
    named = people.authors(markup, own, span)
    imprint = times.imprint(markup, raw.url, raw.fetched_at)
    first = times.published(markup, own, raw.url, imprint, span)
    told = Told(html, raw.url, title, dated=first is not None, authored=bool(named))
    refuse_if_none(signs_of(markup, nodes, whole, told), raw.url)
    refuse_mere_offer(body.paragraphs, raw.url)
    open_to = access(markup, nodes, body, offered=body is not whole or offer_is_below(markup, body))
    if not (title and named and first):  # what markup does not tell may be in print
        lines = _printed(markup, raw, imprint, span)
        title, first = title or lines.headline, first or lines.published
        named = named or people.printed(markup, own, lines.authors)
    body = without_biographies(body, markup, named)
    return Page(
        title=title,
        kicker=headline.kicker,
        paragraphs=body.paragraphs,
        bylines=people.bylines(markup, span),
        authors=named,
        captions=body.captions,
        removed=body.removed,
        published=first,
        modified=times.modified(markup, own, imprint, first, span),
        credits=people.credited(own),
        canonical_url=_canonical(markup),
        site_name=markup.meta("og:site_name"),
        language=markup.language,
        kind=page_kind(markup, nodes, body, open_to),
        access=open_to,
        confidence=expected_f1([len(b.text) for b in markup.blocks], body.chances, [x == BODY for x in body.labels]),
        hidden_characters=sum(count_hidden(block.text) for block in markup.blocks if not block.text.isprintable()),
    )


def _canonical(markup: Markup) -> str | None:
    return next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url")


def _addresses(markup: Markup, url: str | None) -> tuple[str | None, ...]:
    """Where the page says that it stands."""
    return url, _canonical(markup), markup.meta("og:url")


def _titles(markup: Markup) -> list[str]:
    """What the page calls itself, as far as structured data do not say it."""
    headings = [block.text for block in markup.blocks if block.tag == "h1"][:5]
    given = (markup.meta("og:title"), markup.meta("twitter:title"), markup.title)
    return [*headings, *(title for title in given if title)]


def _printed(markup: Markup, raw: RawArticle, imprint: Imprint, body: tuple[int, int] | None) -> Reading:
    """The blocks read as the lines of a dump; their places in the raw text are lost."""
    texts = [clean_text(repair_mojibake(block.text)) for block in markup.blocks]
    kept = [number for number, text in enumerate(texts) if text]
    told = times.told_of_others(markup, body)
    others = frozenset(line for line, number in enumerate(kept) if number in told)
    return read_lines([Line(texts[number], 0, 0) for number in kept], raw.url, raw.fetched_at, imprint, others)
