"""When the article was published and last changed, among all the times a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from copydesk.pipeline.extraction.html import json_ld
from copydesk.pipeline.extraction.html.markup import Mark, Markup
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.time.updates import before_update, update_in

LATEST: Final = timedelta(days=1)  # past the fetch: a local time without its zone can be most of a day ahead
ABOVE_BODY: Final = 30  # blocks above the body in which a printed time may be the article's
PUBLISHED_METAS: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "article:published:time", "datepublished", "iso-8601-publish-date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "parsely-pub-date", "sailthru.date",
    "published", "published_on", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date",
    "og:publish_date", "content:publishdate", "prism.publicationdate", "shareaholic:article_published_time",
    "article:first_published_time", "citation_date", "citation_publication_date", "date.available", "date.created",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dc:date.created", "dcterms.created", "dcterms:created",
    "datecreated", "ya:ovs:upload_date", "dc.date", "dc:date", "dcterms.date", "date", "pdate",
)  # fmt: skip
MODIFIED_METAS: Final = (
    "article:modified_time", "article:modified", "article:modified:time", "datemodified", "og:updated_time",
    "date.modified", "date.updated", "dc.date.modified", "dcterms.modified", "last-modified", "revised",
)  # fmt: skip
_URL_DAY: Final = re.compile(r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?([0-3]?\d)(?=[/_.-]|$)")
_NOT_ARTICLE: Final = re.compile(
    "comment|related|teaser|card|sidebar|read-?time|reading|recirc|footer|event|caption|picture|figure|bild"
)


def published(
    markup: Markup, nodes: list[json_ld.Node], url: str | None, fetched_at: datetime, body: tuple[int, int] | None
) -> Stamp | None:
    """The time of first publication; never one of a comment, a teaser or an update, never after the page was fetched.

    The first witness to speak is believed for the day, the finest of the same day for the clock and the zone.
    """
    month_first = (markup.language or "").lower().replace("_", "-") in ("en-us", "en")
    stamps = [s for s in _witnesses(markup, nodes, url, body, month_first) if _is_past(s, fetched_at)]
    return _finest(stamps)


def modified(markup: Markup, nodes: list[json_ld.Node], fetched_at: datetime, first: Stamp | None) -> Stamp | None:
    """The time of the last change, if the page names one that is not before publication."""
    told = [json_ld.text(node.get("dateModified")) for node in json_ld.articles(nodes)[:3]]
    told += [markup.meta(name) for name in MODIFIED_METAS]
    stamps = [stamp for text in told if text and (stamp := read_time(text)) and _is_past(stamp, fetched_at)]
    later = [stamp for stamp in stamps if first is None or _instant(stamp) >= _instant(first)]
    return _finest(later)


def _witnesses(
    markup: Markup, nodes: list[json_ld.Node], url: str | None, body: tuple[int, int] | None, month_first: bool
) -> Iterator[Stamp]:
    articles = json_ld.articles(nodes)
    texts = [json_ld.text(node.get("datePublished")) for node in articles[:3]]
    texts += [content for name in PUBLISHED_METAS if (content := markup.meta(name))]
    texts += [json_ld.text(node.get("dateCreated")) for node in articles[:3]]
    for text in texts:
        if text and (stamp := read_time(text, month_first)):
            yield stamp
    yield from _in_elements(markup, body, month_first)
    yield from _in_print(markup, body, month_first)
    if match := _URL_DAY.search((url or "")[:2_000]):
        found = read_time("-".join(match.groups()))
        if found:
            yield replace(found, evidence=match[0])
    videos = [json_ld.text(node.get("uploadDate")) for node in nodes if "uploadDate" in node]
    for text in videos[:3]:
        if text and (stamp := read_time(text, month_first)):
            yield stamp


def _in_elements(markup: Markup, body: tuple[int, int] | None, month_first: bool) -> Iterator[Stamp]:
    """Times in ``<time>`` and elements named for a date, those near the top of the body first."""
    marks = [mark for mark in markup.marks if _speaks_for_article(markup, mark, body)]
    first, last = body or (0, len(markup.blocks))
    near = [mark for mark in marks if first - ABOVE_BODY <= mark.block <= first + 3]
    below = [mark for mark in marks if last <= mark.block <= last + 8]
    for mark in (*near, *below):
        if update_in(mark.words) is not None and not re.search("publi|created|posted", mark.words):
            continue
        around = markup.blocks[mark.block].text[:200] if mark.block < len(markup.blocks) else ""
        if mark.text and update_in(around[: around.find(mark.text[:20]) + 1]) is not None:
            continue
        stamps = [read_time(mark.value, month_first), read_time(mark.text, month_first)]
        yield from (stamp for stamp in stamps if stamp)


def _speaks_for_article(markup: Markup, mark: Mark, body: tuple[int, int] | None) -> bool:
    if _NOT_ARTICLE.search(mark.words):
        return False
    return not any(_NOT_ARTICLE.search(element.words) for element in markup.ancestors(mark.element)[:3])


def _in_print(markup: Markup, body: tuple[int, int] | None, month_first: bool) -> Iterator[Stamp]:
    """Times in short lines round the body's start and right below its end."""
    if body is None:
        return
    first, last = body
    blocks = markup.blocks
    above = range(first, max(-1, first - ABOVE_BODY), -1)
    below = range(last + 1, min(len(blocks), last + 6))
    for i in (*above, *below):
        text = blocks[i].text
        if len(text) > 160 or not any(map(str.isdigit, text)):
            continue
        if blocks[i].tag == "figcaption":
            continue
        around = [element.words for element in markup.ancestors(blocks[i].element)[:4]]
        if any(_NOT_ARTICLE.search(words) for words in around) or blocks[i].links > len(text) / 2:
            continue
        if stamp := read_time(before_update(text), month_first):
            yield stamp


def _finest(stamps: list[Stamp]) -> Stamp | None:
    """The first stamp, or, of those of the same day, the first with a clock that is no mere midnight, and a zone."""
    if not stamps:
        return None
    day = stamps[0].when.date()
    same = [stamp for stamp in stamps if stamp.when.date() == day]
    with_clock = [stamp for stamp in same if stamp.precision != "day" and stamp.when.strftime("%H%M%S") != "000000"]
    zoned = [stamp for stamp in with_clock if stamp.zone is not None]
    best = with_clock[0] if with_clock else same[0]
    if best.zone is None:
        best = next((stamp for stamp in zoned if stamp.when.minute == best.when.minute), best)
    return best


def _is_past(stamp: Stamp, fetched_at: datetime) -> bool:
    return _instant(stamp) <= fetched_at + LATEST


def _instant(stamp: Stamp) -> datetime:
    return stamp.when if stamp.when.tzinfo else stamp.when.replace(tzinfo=UTC)
