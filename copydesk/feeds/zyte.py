"""Zyte's Article (zyte-common-items).

Trap: where a page has no time of publication ``datePublished`` is that of its modification; then neither is a hint.
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.printed import given, printed, zoned


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a Zyte Article."""
    return "headline" in fields and "articleBody" in fields and "@type" not in fields


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The article as our loose shape."""
    authors = [author.get("name") for author in fields.get("authors") or () if isinstance(author, dict)]
    authors = authors or [name for name in fields.get("authorsList") or () if isinstance(name, str)]
    published = fields.get("datePublished")
    told = published if published != fields.get("dateModified") else None
    return given(
        url=fields.get("canonicalUrl") or fields.get("url"),
        text=printed(
            fields["headline"], authors, fields.get("datePublishedRaw") if told else None, fields["articleBody"]
        ),
        fetched_at=(fields.get("metadata") or {}).get("dateDownloaded"),
        hints=given(
            title=fields["headline"], authors=authors, published_at=zoned(told), language=fields.get("inLanguage")
        ),
        crawler="zyte",
    )
