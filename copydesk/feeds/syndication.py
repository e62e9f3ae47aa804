"""RSS and Atom, by feedparser: each entry with its content, else its summary, as a row. Nothing is fetched."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from copydesk.extra import needs
from copydesk.feeds.json_feed import page
from copydesk.feeds.printed import given
from copydesk.feeds.row import Row
from copydesk.schemas import Problem


def rows(path: Path) -> Iterator[Row]:
    """The entries of a feed.

    Raises:
        MissingExtra: feedparser is not installed.
        OSError: the file cannot be read, or is no feed.
    """
    # As a stream: feedparser takes bytes for the name of a file that it opens, before it takes them for a feed.
    feed = needs("feedparser").parse(BytesIO(path.read_bytes()))
    if not feed.get("version"):
        raise OSError(f"{path}: neither RSS nor Atom ({feed.get('bozo_exception', 'another kind of XML')})")
    name, language = feed.feed.get("title"), feed.feed.get("language")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{path}:entry {number}"
        content = next((part.value for part in entry.get("content", ())), None) or entry.get("summary")
        if not content:
            yield Row(where, refused=Problem("$.content", "an entry with content or summary", "none"), format="rss")
            continue
        yield Row(where, page=_loose(entry, content, name, language), format="rss")


def _loose(entry: Any, content: str, outlet: str | None, language: str | None) -> dict[str, Any]:
    published = entry.get("published_parsed")
    # feedparser gives times in UTC.
    moment = datetime.fromtimestamp(calendar.timegm(published), UTC).isoformat() if published else None
    authors = [author["name"] for author in entry.get("authors", ()) if author.get("name")]
    return given(
        id=entry.get("id"),
        url=entry.get("link"),
        html=page(entry.get("title"), content),
        source=given(name=outlet),
        hints=given(title=entry.get("title"), authors=authors, published_at=moment, language=language),
        crawler="rss",
    )
