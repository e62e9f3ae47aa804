"""When the article was published and last changed, among all the times a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Block, Element, Mark, Markup
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.imprint import Imprint, imprint_of
from copydesk.pipeline.extraction.time.telling import is_sentence, url_day
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.time.updates import before_update, from_update, update_in

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
_ASIDE: Final = frozenset({"aside", "figcaption", "figure", "footer", "nav"})
_BESIDE: Final = frozenset({"aside", "figcaption", "nav"})
_NOT_ARTICLE: Final = re.compile(
    "comment|related|teaser|card|sidebar|read-?time|reading|recirc|footer|event|(?:caption|picture|figure)(?!:)|bild"
)
_COMPANY: Final = re.compile(
    r"comment|related|(?<![\w-])teasers?(?![\w-])|sidebar|recirc|event|(?:caption|picture|figure)(?!:)"
)


def imprint(markup: Markup, url: str | None, fetched_at: datetime) -> Imprint:
    """What the page tells of how its site writes times."""
    tags = (markup.language, markup.meta("og:locale"), markup.meta("content-language"))
    return imprint_of(url, tags, fetched_at, [block.text for block in markup.blocks])


def published(
    markup: Markup, nodes: list[json_ld.Node], url: str | None, printed: Imprint, body: tuple[int, int] | None
) -> Stamp | None:
    """The time of first publication; never one of a comment, a teaser or an update, never after the page was fetched.

    The first witness to speak is believed for the day, the finest of the same day for the clock and the zone.
    """
    stamps: list[Stamp] = []
    for stamp in _witnesses(markup, nodes, url, body, printed):
        if _is_past(stamp, printed.fetched_at):
            stamps.append(stamp)
            if len(stamps) == 1 and stamp.zone is not None and _has_clock(stamp):
                break  # nothing could be finer
    return _finest(stamps)


def modified(
    markup: Markup, nodes: list[json_ld.Node], printed: Imprint, first: Stamp | None, body: tuple[int, int] | None
) -> Stamp | None:
    """The time of the last change, if the page names one that is not before publication; print where it does not."""
    told = [json_ld.text(node.get("dateModified")) for node in json_ld.articles(nodes)[:3]]
    told += [markup.meta(name) for name in MODIFIED_METAS]
    for texts in (told, _printed_changes(markup, body)):
        stamps = [stamp for text in texts if text and (stamp := read_time(text, printed))]
        later = [s for s in stamps if _is_past(s, printed.fetched_at) and not _is_before(s, first)]
        if later:
            return _finest(later)
    return None


def coverage_start(nodes: list[json_ld.Node], printed: Imprint) -> Stamp | None:
    """When a live blog set out, for one that nowhere says when it was published."""
    told = (json_ld.text(node.get("coverageStartTime")) for node in json_ld.articles(nodes)[:3])
    stamps = (read_time(text, printed) for text in told if text)
    return next((stamp for stamp in stamps if stamp and _is_past(stamp, printed.fetched_at)), None)


def told_of_others(markup: Markup, body: tuple[int, int] | None) -> frozenset[int]:
    """The blocks where times are those of a comment, a teaser, a caption or the page's own foot.

    Between headline and body only an element of its own kind makes a block one of them, no word of its classes.
    """
    head = _head(markup, body)
    aside: list[bool] = []  # of each element, whether it or one above it is of a kind of its own
    for element in markup.elements:
        aside.append(element.tag in _ASIDE or (element.parent >= 0 and aside[element.parent]))
    company = [bool(element.words) and _COMPANY.search(element.words) is not None for element in markup.elements]
    return frozenset(
        number
        for number, block in enumerate(markup.blocks)
        if block.element >= 0 and (aside[block.element] or (number not in head and _within(markup, block, company)))
    )


def _within(markup: Markup, block: Block, marked: list[bool]) -> bool:
    """Whether one of the four innermost elements of a block is marked."""
    index = block.element
    for _ in range(4):
        if index < 0:
            break
        if marked[index]:
            return True
        index = markup.elements[index].parent
    return False


def _head(markup: Markup, body: tuple[int, int] | None) -> range:
    """The blocks from the last main heading above the body to where it begins."""
    first = body[0] if body else 0
    above = range(first, max(-1, first - ABOVE_BODY), -1)
    return range(next((number for number in above if markup.blocks[number].tag == "h1"), first), first)


def _witnesses(
    markup: Markup, nodes: list[json_ld.Node], url: str | None, body: tuple[int, int] | None, printed: Imprint
) -> Iterator[Stamp]:
    articles = json_ld.articles(nodes)
    texts = [json_ld.text(node.get("datePublished")) for node in articles[:3]]
    texts += [content for name in PUBLISHED_METAS if (content := markup.meta(name))]
    texts += [json_ld.text(node.get("dateCreated")) for node in articles[:3]]
    for text in texts:
        if text and (stamp := read_time(text, printed)):
            yield stamp
    yield from _in_elements(markup, body, printed)
    yield from _in_print(markup, body, printed)
    if stamp := url_day(url):
        yield stamp
    videos = [json_ld.text(node.get("uploadDate")) for node in nodes if "uploadDate" in node]
    for text in videos[:3]:
        if text and (stamp := read_time(text, printed)):
            yield stamp


def _in_elements(markup: Markup, body: tuple[int, int] | None, printed: Imprint) -> Iterator[Stamp]:
    """Times in ``<time>`` and elements named for a date, those near the top of the body first."""
    head = _head(markup, body)
    marks = [mark for mark in markup.marks if _speaks_for_article(markup, mark, head)]
    first, last = body or (0, len(markup.blocks))
    near = [mark for mark in marks if first - ABOVE_BODY <= mark.block <= first + 3]
    below = [mark for mark in marks if last <= mark.block <= last + 8]
    for mark in (*near, *below):
        if update_in(mark.words) is not None and not re.search("publi|created|posted", mark.words):
            continue
        around = markup.blocks[mark.block].text[:200] if mark.block < len(markup.blocks) else ""
        if mark.text and update_in(around[: around.find(mark.text[:20]) + 1]) is not None:
            continue
        stamps = [read_time(mark.value, printed), read_time(before_update(mark.text), printed)]
        yield from (stamp for stamp in stamps if stamp)


def _speaks_for_article(markup: Markup, mark: Mark, head: range) -> bool:
    around = markup.ancestors(mark.element, 4)
    if mark.block not in head and any(element.tag in _BESIDE for element in around):
        return False
    return not _NOT_ARTICLE.search(mark.words) and not _is_of_other(around, 3)


def _is_of_other(around: list[Element], levels: int) -> bool:
    return any(_NOT_ARTICLE.search(element.words) for element in around[:levels])


def _in_print(markup: Markup, body: tuple[int, int] | None, printed: Imprint) -> Iterator[Stamp]:
    """Times in short lines round the body's start and right below its end."""
    for text in _time_lines(markup, body):
        if stamp := read_time(before_update(text), printed):
            yield stamp


def _printed_changes(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    """What short lines round the body say of a change."""
    return (told for text in _time_lines(markup, body) if (told := from_update(text)))


def _time_lines(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    if body is None:
        return
    first, last = body
    blocks = markup.blocks
    above = range(first, max(-1, first - ABOVE_BODY), -1)
    below = range(last + 1, min(len(blocks), last + 6))
    for i in (*above, *below):
        text = blocks[i].text
        if len(text) > 160 or not any(map(str.isdigit, text)) or blocks[i].tag == "figcaption":
            continue
        around = markup.ancestors(blocks[i].element, 4)
        if i > last and any(element.tag in _BESIDE for element in around):
            continue
        if _is_of_other(around, 4) or blocks[i].links > len(text) / 2:
            continue
        if i != first or not is_sentence(text):
            yield text


def _finest(stamps: list[Stamp]) -> Stamp | None:
    """The first stamp, or, of those of the same day, the first with a clock that is no mere midnight, and a zone."""
    if not stamps:
        return None
    day = stamps[0].when.date()
    same = [stamp for stamp in stamps if stamp.when.date() == day]
    with_clock = [stamp for stamp in same if _has_clock(stamp)]
    zoned = [stamp for stamp in with_clock if stamp.zone is not None]
    best = with_clock[0] if with_clock else same[0]
    if best.zone is None:
        best = next((stamp for stamp in zoned if stamp.when.minute == best.when.minute), best)
    return best


def _has_clock(stamp: Stamp) -> bool:
    """Whether it tells a clock that is no mere midnight."""
    return stamp.precision != "day" and stamp.when.time() != time()


def _is_past(stamp: Stamp, fetched_at: datetime | None) -> bool:
    return fetched_at is None or _instant(stamp) <= fetched_at + LATEST


def _is_before(stamp: Stamp, first: Stamp | None) -> bool:
    return first is not None and _instant(stamp) < _instant(first)


def _instant(stamp: Stamp) -> datetime:
    return stamp.when if stamp.when.tzinfo else stamp.when.replace(tzinfo=UTC)
