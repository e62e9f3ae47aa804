"""What an HTML page tells: body, headline, authors and time, from markup first, from print where that is silent."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.pipeline.extraction.characters.charset import repair_mojibake
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html import people, times
from copydesk.pipeline.extraction.html.access import without_offer
from copydesk.pipeline.extraction.html.body import Body, read_body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.headline.titles import choose_title
from copydesk.pipeline.extraction.html.live.entries import without_entries
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.witnesses import witnesses
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.text.lines import Line
from copydesk.pipeline.extraction.text.reading import Reading, read_lines
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.schemas import RawArticle


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells; ``whole`` is its body with an offer to subscribe, ``own`` its structured data about itself."""

    whole: Body
    body: Body
    own: list[json_ld.Node]
    imprint: Imprint
    title: str | None
    kicker: str | None
    authors: tuple[str, ...]
    published: Stamp | None


def told_by(markup: Markup, nodes: list[json_ld.Node], raw: RawArticle) -> Told:
    """What the page ``raw`` tells, by its ``markup`` and its JSON-LD ``nodes``."""
    whole = read_body(markup, witnesses(markup, nodes))
    body = without_offer(whole)
    span = body.span
    headline = choose_title(markup, nodes, body.opening)
    own = json_ld.own(nodes, _addresses(markup, raw.url), _titles(markup))
    imprint = times.imprint(markup, raw.url, raw.fetched_at)
    title, authors = headline.text, people.authors(markup, [*own, *json_ld.entries(own)], span)
    published = times.published(without_entries(markup, body.entries), own, raw.url, imprint, span)
    if not (title and authors and published):  # what markup does not tell may be in print
        others = frozenset() if published else times.told_of_others(markup, span) | body.entries
        lines = _printed(markup, raw, imprint, others)
        title = title or lines.headline
        published = published or lines.published or times.coverage_start(nodes, imprint)
        authors = authors or people.printed(markup, own, lines.authors)
    return Told(whole, body, own, imprint, title, headline.kicker, authors, published)


def canonical(markup: Markup) -> str | None:
    """The address that the page itself says is its own."""
    return next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url")


def _addresses(markup: Markup, url: str | None) -> tuple[str | None, ...]:
    """Where the page says that it stands."""
    return url, canonical(markup), markup.meta("og:url")


def _titles(markup: Markup) -> list[str]:
    """What the page calls itself, as far as structured data do not say it."""
    headings = [block.text for block in markup.blocks if block.tag == "h1"][:5]
    given = (markup.meta("og:title"), markup.meta("twitter:title"), markup.title)
    return [*headings, *(title for title in given if title)]


def _printed(markup: Markup, raw: RawArticle, imprint: Imprint, told: frozenset[int]) -> Reading:
    """The blocks read as the lines of a dump; their places in the raw text are lost. ``told`` are blocks of others."""
    texts = [clean_text(repair_mojibake(block.text)) for block in markup.blocks]
    kept = [number for number, text in enumerate(texts) if text]
    others = frozenset(line for line, number in enumerate(kept) if number in told)
    return read_lines([Line(texts[number], 0, 0) for number in kept], raw.url, raw.fetched_at, imprint, others)
