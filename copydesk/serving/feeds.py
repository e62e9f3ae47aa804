"""The last articles of a filter as a feed: JSON Feed 1.1, and RSS 2.0.

Reference:
    https://www.jsonfeed.org/version/1.1/, https://www.rssboard.org/rss-specification
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree

Event = dict[str, Any]


def json_feed(title: str, address: str, events: Iterable[Event]) -> dict[str, Any]:
    """A JSON Feed; texts are plain, so that no reader runs what a page wrote."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "feed_url": address,
        "items": [_item(event) for event in events],
    }


def _item(event: Event) -> dict[str, Any]:
    item = {
        "id": f"{event['id']}.{event.get('version', 1)}",
        "url": address_of(event),
        "title": event.get("title"),
        "content_text": event.get("text", ""),
        "date_published": event.get("published_at"),
        "date_modified": event.get("modified_at"),
        "language": (event.get("language") or {}).get("code"),
        "authors": [{"name": name} for name in event.get("authors") or ()] or None,
        "tags": list(event.get("keywords") or ()) or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def rss(title: str, address: str, events: Iterable[Event]) -> bytes:
    """An RSS feed."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    for name, text in (("title", title), ("link", address), ("description", "Articles of a Copydesk filter")):
        ElementTree.SubElement(channel, name).text = text
    for event in events:
        item = ElementTree.SubElement(channel, "item")
        published = event.get("published_at")
        parts = {
            "title": event.get("title") or event.get("text", "")[:80],
            "link": address_of(event),
            "description": event.get("text", "")[:500],
            "pubDate": format_datetime(datetime.fromisoformat(published)) if published else None,
        }
        for name, text in parts.items():
            if text:
                ElementTree.SubElement(item, name).text = text
        guid = ElementTree.SubElement(item, "guid", isPermaLink="false")
        guid.text = f"{event['id']}.{event.get('version', 1)}"
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def address_of(event: Event) -> str | None:
    """The article's address, if it is one that a reader may follow."""
    url = event.get("canonical_url") or event.get("url") or ""
    return url if url.startswith(("https://", "http://")) else None
