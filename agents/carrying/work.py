"""The stages as a pool process runs them: bytes and coordinates in, bytes and a timing out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from copydesk.pipeline import deduplication, extraction
from copydesk.pipeline.deduplication import Sketch
from copydesk.pipeline.extraction.addresses.address import parts_of
from copydesk.pipeline.extraction.addresses.canonical_url import canonical_url
from copydesk.pipeline.extraction.assembly import PUBLISHED_AHEAD
from copydesk.schemas import Article, RawArticle, RawReference, Source, decode, encode

if TYPE_CHECKING:
    from copydesk.pipeline.annotation import Annotator

FIELDS = ("title", "published_at", "authors", "agency", "dateline")
"""What is watched, by source: how often extraction finds it."""

PAGE = (
    b'{"url": "https://example.org/harbour", "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html",'
    b' "content": "<title>Harbour closed</title><p>The harbour of Seoul was closed on Tuesday, its mayor said, until'
    b' the ferry that sank there in June has been raised by a ship from Norway.</p>"}'
)
"""What a new pool process works first: the first page of a process takes forty times as long as the second."""


@dataclass(frozen=True, slots=True)
class Worked:
    """An article as a stage left it, with what is needed to route and count it without decoding it again."""

    article: bytes
    id: str
    version: int
    url: str | None
    language: str
    origin: str
    """The raw message it goes back to, ``topic/partition/offset``."""
    source: str | None
    """The outlet's domain, else its name."""
    kind: str
    words: int
    found: tuple[str, ...]
    """Which of ``FIELDS`` the article has."""
    fetched: float | None
    """When the page was fetched, seconds since 1970."""
    published: float | None
    """When it was published, by the page; the same."""
    ahead: bool
    """Whether the page dates itself after its fetch."""
    seconds: float
    """CPU time of the stage."""


def extract(value: bytes | None, topic: str, partition: int, offset: int) -> Worked:
    """A raw message as an article.

    Raises:
        ContractError: the message is not a RawArticle.
        ExtractionError: its page cannot be read.
    """
    began = time.process_time()
    raw = decode(RawArticle, value)
    try:
        article = extraction.extract(raw, RawReference(topic=topic, partition=partition, offset=offset))
    except extraction.ExtractionError as error:
        error.source = source_of(raw)  # by which it is counted; in the parent process nothing else is known of the page
        raise
    return worked(article, began)


def source_of(raw: RawArticle) -> str | None:
    """The outlet of a page that is no article: its domain, else its name."""
    given = raw.source or Source()
    address = canonical_url(raw.url, None) if raw.url else None
    return given.domain or parts_of(address).hostname or given.name


def sketch(value: bytes | None) -> tuple[Worked, Sketch]:
    """An extracted article with its sketch."""
    began = time.process_time()
    article = decode(Article, value)
    fingerprint = deduplication.sketch(article)
    return worked(article, began, value), fingerprint


def annotate(value: bytes | None, model: str | None, longest: int | None = None) -> Worked:
    """A new article with the entities, places, quotes and keywords of its first ``longest`` characters.

    One that is withdrawn stays as it is.
    """
    began = time.process_time()
    article = decode(Article, value)
    if article.lifecycle == "withdrawn":
        return worked(article, began, value)
    return worked(annotator(model).annotate(article, longest), began)


@cache
def annotator(model: str | None) -> Annotator:
    """The annotator of this process, loaded once."""
    from copydesk.pipeline import annotation  # noqa: PLC0415 - spaCy takes half a second, and the main process needs none

    return annotation.load(model)


def worked(article: Article, began: float, value: bytes | None = None) -> Worked:
    """``article`` ready to be sent; ``value`` when it has been encoded already."""
    raw = article.raw
    return Worked(
        article=encode(article) if value is None else value,
        id=article.id,
        version=article.version,
        url=article.canonical_url or article.url,
        language=article.language.code,
        origin=f"{raw.topic}/{raw.partition}/{raw.offset}",
        source=article.source.domain or article.source.name,
        kind=article.kind,
        words=article.word_count,
        found=tuple(name for name in FIELDS if getattr(article, name)),
        fetched=article.fetched_at.timestamp() if article.fetched_at else None,
        published=article.published_at.timestamp() if article.published_at else None,
        ahead=dated_ahead(article),
        seconds=time.process_time() - began,
    )


def dated_ahead(article: Article) -> bool:
    """Whether the page dates itself after its fetch, be it believed (a time without a zone may) or not."""
    published, fetched = article.published_at, article.fetched_at
    return any(cut.kind == PUBLISHED_AHEAD for cut in article.removed) or bool(
        published and fetched and published > fetched
    )


def warm(model: str | None) -> None:
    """Load what the stages need, before the first page: the annotator, and a page through each stage."""
    article = extract(PAGE, "warm", 0, 0).article
    sketch(article)
    annotate(article, model)
