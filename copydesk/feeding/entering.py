"""Rows that hold the article's text already, and so enter the pipeline behind extraction."""

from __future__ import annotations

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from copydesk.feeds.records import source_of, text_or_none, with_zone
from copydesk.pipeline.extraction.addresses.canonical_url import canonical_url
from copydesk.pipeline.language import identify
from copydesk.schemas import Article, ContractError, Problem
from copydesk.schemas.codec import validate

GIVEN = ("url", "title", "authors", "text")
WORD = re.compile(r"\w+")


def article(fields: dict[str, Any]) -> Article:
    """A row that holds ``text`` already, as an Article that can enter at deduplication or annotation.

    It may be an Article, or have any of id, url, title, authors, language (a code or an object), source (a name or an
    object), published_at, modified_at and fetched_at (for want of it published_at); other fields are passed over. The
    article's id is the row's; without one it comes from the URL, else from the text.

    Raises:
        ContractError: names every field at fault.
    """
    if fields.get("schema"):
        return validate(Article, fields)
    text = fields.get("text")
    if not isinstance(text, str):
        raise ContractError((Problem("$.text", "a string", ascii(text)[:80]),))
    language = fields.get("language")
    return validate(
        Article,
        {
            **{name: fields[name] for name in GIVEN if fields.get(name) is not None},
            "id": text_or_none(fields.get("id")) or _derived_id(fields.get("url"), text),
            "raw": {"id": text_or_none(fields.get("id"))},
            "source": source_of(fields.get("source")) or {},
            "published_at": with_zone(fields.get("published_at")),
            "modified_at": with_zone(fields.get("modified_at")),
            "fetched_at": with_zone(fields.get("fetched_at") or fields.get("published_at")),
            "language": {"code": language, "confidence": 1.0}
            if isinstance(language, str)
            else language or identify(text),
            "word_count": len(WORD.findall(text)),
            "provenance": {"pipeline": "given", "stages": {}},
        },
    )


def _derived_id(url: Any, text: str) -> str:
    address = canonical_url(url) if isinstance(url, str) and url else None
    # As extraction derives it, so that a page keeps its id whichever way it came in.
    return str(uuid5(NAMESPACE_URL, address or "text:" + " ".join(WORD.findall(text.casefold()))))
