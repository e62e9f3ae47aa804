"""Page to Article: what both readers found, put together, dated, attributed and named."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from copydesk.pipeline import VERSION
from copydesk.pipeline.extraction.addresses.address import parts_of
from copydesk.pipeline.extraction.addresses.canonical_url import canonical_url
from copydesk.pipeline.extraction.names.agency import find_agency
from copydesk.pipeline.extraction.names.dateline import Filed, find_dateline
from copydesk.pipeline.extraction.page import Page, Stamp
from copydesk.pipeline.extraction.rights import rights_in
from copydesk.pipeline.extraction.time.zones import Instant, instant
from copydesk.pipeline.language import identify
from copydesk.schemas import (
    Article,
    Dateline,
    Extraction,
    Provenance,
    Published,
    RawArticle,
    RawReference,
    Removed,
    Source,
)

STAGE_VERSION: Final = "1"
AHEAD: Final = timedelta(hours=14)
"""A time without a zone may lie this far before or behind ``fetched_at``; beyond it, it is of something else."""
PUBLISHED_AHEAD: Final = "published_ahead"
"""Kind of what is removed when the page dates itself after its fetch."""

_WORD: Final = re.compile(r"\w+")


def assemble(page: Page, raw: RawArticle, reference: RawReference) -> Article:
    """The article of a page. The same page and reference give the same article, byte for byte."""
    text = "\n".join(page.paragraphs)
    address = canonical_url(raw.url, page.canonical_url) if raw.url else None
    domain = parts_of(address).hostname
    language = identify(text)
    lede = _lede(page)
    filed = find_dateline(page.paragraphs[lede])
    published = _not_ahead(page.published, raw) or _hinted(raw)
    moment = _moment(published, filed, domain, language.code, page.language)
    modified = _not_ahead(page.modified, raw)
    changed = _moment(modified, filed, domain, language.code, page.language)
    captions = tuple(dict.fromkeys(page.captions))
    return Article(
        id=article_id(address, text),
        raw=reference.model_copy(update={"id": raw.id, "crawler": raw.crawler}),
        url=raw.url,
        canonical_url=address,
        source=_source(page, raw, domain),
        kind=page.kind,
        access=page.access,
        title=page.title or raw.hints.title,
        kicker=page.kicker,
        standfirst=page.standfirst,
        byline=page.bylines[0] if page.bylines else None,
        authors=page.authors or raw.hints.authors,
        agency=find_agency(filed.agency if filed else None, page.bylines, page.credits, list(page.paragraphs)),
        dateline=_dateline(filed, text.find(page.paragraphs[lede]), moment.at if moment else raw.fetched_at),
        published_at=moment.at if moment else None,
        published=_trust(published, moment),
        modified_at=changed.at if changed else None,
        modified=_trust(modified, changed),
        fetched_at=raw.fetched_at,
        language=language,
        text=text,
        captions=captions,
        rights=rights_in((*captions, *page.rights, *(cut.text for cut in page.removed))),
        removed=_once((*page.removed, *_refused(page.published, raw))),
        extraction=None
        if page.confidence is None
        else Extraction(
            confidence=round(min(page.confidence, 1.0), 3),
            hidden_characters=page.hidden_characters,
            kept=page.kept,
        ),
        word_count=len(_WORD.findall(text)),
        provenance=Provenance(pipeline=VERSION, stages={"extract": STAGE_VERSION}),
    )


def article_id(address: str | None, text: str) -> str:
    """The id of the article at ``address``, the same for all its versions; without an address, of the text."""
    return str(uuid5(NAMESPACE_URL, address or "text:" + " ".join(_WORD.findall(text.casefold()))))


def _moment(
    stamp: Stamp | None, filed: Filed | None, domain: str | None, language: str, declared: str | None
) -> Instant | None:
    return instant(stamp, filed.place if filed else None, domain, language, declared) if stamp else None


def _trust(stamp: Stamp | None, moment: Instant | None) -> Published | None:
    if stamp is None or moment is None:
        return None
    return Published(precision=stamp.precision, zone=moment.zone, evidence=moment.evidence[:300])


def _not_ahead(stamp: Stamp | None, raw: RawArticle) -> Stamp | None:
    """``stamp``, unless it lies in the future of the fetch."""
    if stamp is None:
        return None
    when, latest = stamp.when, raw.fetched_at + timedelta(minutes=5)  # clocks differ
    if when.tzinfo is None and stamp.zone is None:
        return stamp if when <= (latest + AHEAD).replace(tzinfo=None) else None
    return stamp if (when if when.tzinfo else when.replace(tzinfo=stamp.zone)) <= latest else None


def _refused(stamp: Stamp | None, raw: RawArticle) -> tuple[Removed, ...]:
    """The time of publication as printed, if it is one that cannot be believed."""
    if stamp is None or _not_ahead(stamp, raw) is not None:
        return ()
    return (Removed(kind=PUBLISHED_AHEAD, text=stamp.evidence[:300]),)


def _hinted(raw: RawArticle) -> Stamp | None:
    hint = raw.hints.published_at
    if hint is None or hint > raw.fetched_at:
        return None
    return Stamp(hint, "second", f"the crawler's hint {hint.isoformat()}")


def _lede(page: Page) -> int:
    """Which of the paragraphs the story begins with: the standfirst is not yet its text."""
    return 1 if page.paragraphs[0] == page.standfirst and len(page.paragraphs) > 1 else 0


def _dateline(filed: Filed | None, start: int, near: datetime) -> Dateline | None:
    if filed is None:
        return None
    end = start + len(filed.text)
    return Dateline(
        text=filed.text, place=filed.place, date=filed.on(near.date()), agency=filed.agency, start=start, end=end
    )


def _source(page: Page, raw: RawArticle, domain: str | None) -> Source:
    given = raw.source or Source()
    return Source(domain=given.domain or domain, name=given.name or page.site_name)


def _once(removed: tuple[Removed, ...]) -> tuple[Removed, ...]:
    return tuple(dict.fromkeys(removed))
