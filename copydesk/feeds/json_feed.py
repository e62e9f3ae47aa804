"""Items of JSON Feed 1.1, RSS-Bridge's among them.

Trap: RSS-Bridge puts the time of publication in ``date_modified``, as what it bridges has no other.

Reference:
    https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import html
from typing import Any

from copydesk.feeds.printed import given, printed, zoned


def is_feed(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a whole feed."""
    return str(fields.get("version", "")).startswith("https://jsonfeed.org/version/") and "items" in fields


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are one item of a feed."""
    return bool(fields.keys() & {"content_html", "content_text"}) and "content_type" not in fields


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The item as our loose shape."""
    authors = fields.get("authors") or [fields.get("author") or {}]
    names = [author["name"] for author in authors if isinstance(author, dict) and author.get("name")]
    title = fields.get("title")
    content = fields.get("content_html")
    published = fields.get("date_published") or (fields.get("date_modified") if "_rssbridge" in fields else None)
    return given(
        id=fields.get("id"),
        url=fields.get("url"),
        html=page(title, content) if content else None,
        text=None if content else printed(title, names, None, fields.get("content_text")),
        hints=given(title=title, authors=names, published_at=zoned(published), language=fields.get("language")),
        crawler="rss-bridge" if "_rssbridge" in fields else "json-feed",
    )


def page(title: Any, content: str) -> str:
    """A piece of HTML as a page with its headline."""
    heading = html.escape(title) if isinstance(title, str) else ""
    return (
        f"<html><head><title>{heading}</title></head><body><article><h1>{heading}</h1>{content}</article></body></html>"
    )
