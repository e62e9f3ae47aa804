"""Extraction: a page as crawled, HTML or visible text, to a clean article."""

from __future__ import annotations

from copydesk.pipeline.extraction import html, text
from copydesk.pipeline.extraction.assembly import assemble
from copydesk.pipeline.extraction.errors import EmptyPage, ExtractionError, NotAnArticle, PageTooDeep, PageTooLarge
from copydesk.pipeline.extraction.gone import gone, is_gone
from copydesk.pipeline.extraction.refusing.decision import Finding
from copydesk.pipeline.extraction.witness import Verdict
from copydesk.schemas import Article, RawArticle, RawReference

__all__ = [
    "EmptyPage",
    "ExtractionError",
    "Finding",
    "NotAnArticle",
    "PageTooDeep",
    "PageTooLarge",
    "Verdict",
    "doubts",
    "explain",
    "extract",
]

NOWHERE = RawReference()


def extract(raw: RawArticle, reference: RawReference = NOWHERE) -> Article:
    """The article on a page; of a page that is gone (``http_status``), one without text that says so.

    Args:
        raw: the page as the crawler handed it in.
        reference: where it lies on Kafka; goes into the article as it is.
    Raises:
        ExtractionError: the page is empty, too large, too deep, or no article.
    """
    if is_gone(raw):
        return gone(raw, reference)
    page = html.read(raw) if raw.content_type == "text/html" else text.read(raw)
    return assemble(page, raw, reference)


def explain(raw: RawArticle) -> tuple[Verdict, ...]:
    """What each block of an HTML page, or each line of a text dump, was taken for, and why.

    Raises:
        ExtractionError: the page cannot be read at all.
    """
    return html.explain(raw) if raw.content_type == "text/html" else text.explain(raw)


def doubts(raw: RawArticle) -> Finding | None:
    """What speaks against the page being an article, in points; from ``decision.REFUSED`` on it is refused.

    Raises:
        ExtractionError: the page cannot be read at all.
    """
    return html.doubts(raw) if raw.content_type == "text/html" else text.doubts(raw)
