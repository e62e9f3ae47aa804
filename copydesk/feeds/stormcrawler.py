"""StormCrawler's indexed documents: text, no HTML.

Trap: the time that a feed gave is a Java ``Date.toString`` ("Tue May 05 12:00:00 CEST 2026"), whose zone is an
abbreviation that several zones share; it is printed, and read like any other.
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.printed import given, printed


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a StormCrawler document."""
    return (
        {"url", "content"} <= fields.keys()
        and "content_type" not in fields
        and bool(fields.keys() & {"host", "domain"})
    )


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The document as our loose shape."""
    title = fields.get("title") or fields.get("feed.title")
    return given(
        url=fields["url"],
        text=printed(title, (), fields.get("feed.publishedDate"), fields["content"]),
        source=given(domain=fields.get("host") or fields.get("domain")),
        hints=given(title=title),
        crawler="stormcrawler",
    )
