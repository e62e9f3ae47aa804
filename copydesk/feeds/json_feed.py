"""Items of JSON Feed 1.1, RSS-Bridge's among them.

Trap: RSS-Bridge puts the time of publication in ``date_modified``, as what it bridges has no other. It says
``_rssbridge`` only in items that hold more than a feed does; its feed is known by the address it was asked for at.

Reference:
    https://www.jsonfeed.org/version/1.1/
    https://github.com/RSS-Bridge/rss-bridge/blob/master/formats/JsonFormat.php
"""

from __future__ import annotations

import html
from typing import Any

from copydesk.feeds.printed import given, printed, zoned
from copydesk.feeds.wild.escaped import markup, names, plain


def is_feed(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a whole feed."""
    return "jsonfeed.org/version/" in str(fields.get("version", "")) and "items" in fields


def items(feed: dict[str, Any]) -> list[Any]:
    """The items of a feed, each with what the feed says for all of them."""
    bridged: dict[str, Any] = {"_rssbridge": {}} if "bridge=" in str(feed.get("feed_url")) else {}
    by = given(authors=feed.get("authors") or ([feed["author"]] if feed.get("author") else None))
    told = given(language=feed.get("language"))

    def whole(item: dict[str, Any]) -> dict[str, Any]:
        return {**bridged, **told, **({} if item.keys() & {"author", "authors"} else by), **item}

    found = feed["items"] if isinstance(feed["items"], list) else []
    return [whole(item) if isinstance(item, dict) else item for item in found]


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are one item of a feed."""
    return bool(fields.keys() & {"content_html", "content_text"}) and "content_type" not in fields


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The item as our loose shape."""
    authors = fields.get("authors") or [fields.get("author") or {}]
    by = names(authors)
    title = plain(fields.get("title"))
    content = fields.get("content_html")
    content = markup(content) if isinstance(content, str) else content
    published = fields.get("date_published") or (fields.get("date_modified") if "_rssbridge" in fields else None)
    return given(
        id=fields.get("id"),
        url=fields.get("url"),
        html=page(title, content) if content else None,
        text=None if content else printed(title, by, None, fields.get("content_text")),
        hints=given(title=title, authors=by, published_at=zoned(published), language=fields.get("language")),
        crawler="rss-bridge" if "_rssbridge" in fields else "json-feed",
    )


def page(title: Any, content: str) -> str:
    """A piece of HTML as a page with its headline."""
    heading = html.escape(title) if isinstance(title, str) else ""
    return (
        f"<html><head><title>{heading}</title></head><body><article><h1>{heading}</h1>{content}</article></body></html>"
    )
