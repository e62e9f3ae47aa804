"""A page that is not there any more: what is left of its article is that it was withdrawn."""

from __future__ import annotations

from typing import Final

from copydesk.pipeline import VERSION
from copydesk.pipeline.extraction.addresses.canonical_url import canonical_url
from copydesk.pipeline.extraction.assembly import STAGE_VERSION, article_id
from copydesk.schemas import Article, Language, Provenance, RawArticle, RawReference, Source

GONE: Final = frozenset({404, 410, 451})
"""HTTP says not found, gone, unavailable for legal reasons. A server that fails (5xx) or refuses (403) says nothing."""
KIND: Final = "gone"


def is_gone(raw: RawArticle) -> bool:
    """Whether the crawler found that there is no page at this address any more."""
    return raw.http_status in GONE and raw.url is not None


def gone(raw: RawArticle, reference: RawReference) -> Article:
    """The article without text that stands for a page that is gone; whether it ever was one, deduplication knows."""
    address = canonical_url(raw.url, None) if raw.url else None
    return Article(
        id=article_id(address, ""),
        raw=reference.model_copy(update={"id": raw.id, "crawler": raw.crawler}),
        url=raw.url,
        canonical_url=address,
        source=raw.source or Source(),
        kind=KIND,
        lifecycle="withdrawn",
        fetched_at=raw.fetched_at,
        language=Language(code="und", confidence=0.0),
        text="",
        word_count=0,
        provenance=Provenance(pipeline=VERSION, stages={"extract": STAGE_VERSION}),
    )
