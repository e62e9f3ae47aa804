"""RSS and Atom, by feedparser: each entry with its content, else its summary, as a row. Nothing is fetched."""

from __future__ import annotations

import calendar
import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from copydesk.extra import needs
from copydesk.feeds.json_feed import page
from copydesk.feeds.printed import given
from copydesk.feeds.row import Row
from copydesk.feeds.wild.escaped import markup, names, plain
from copydesk.feeds.wild.packed import opened
from copydesk.schemas import Problem


def rows(path: Path) -> Iterator[Row]:
    """The entries of a feed.

    Raises:
        MissingExtra: feedparser is not installed.
        OSError: the file cannot be read, or is no feed.
    """
    # As a stream: feedparser takes bytes for the name of a file that it opens, before it takes them for a feed.
    with opened(path, "rb") as file:
        feed = needs("feedparser").parse(BytesIO(file.read()))
    if not feed.get("version"):
        raise OSError(f"{path}: neither RSS nor Atom ({feed.get('bozo_exception', 'another kind of XML')})")
    name, language = plain(feed.feed.get("title")), feed.feed.get("language")
    everyones = feed.feed.get("authors", ()) if str(feed.version).startswith("atom") else ()
    for number, entry in enumerate(feed.entries, 1):
        where = f"{path}:entry {number}"
        content = _content(entry)
        if not content:
            yield Row(where, refused=Problem("$.content", "an entry with content or summary", "none"), format="rss")
            continue
        yield Row(where, page=_loose(entry, content, name, language, everyones), format="rss")


def _content(entry: Any) -> str | None:
    """The longest of what the entry has for a text, as HTML."""
    summary = entry.get("summary_detail")
    parts = [part for part in (*entry.get("content", ()), summary) if part and part.get("value")]
    html = [part for part in parts if part.get("type") != "text/plain" or "<" in part.value] or parts
    longest = max(html, key=lambda part: len(part.value), default=None)
    return markup(longest.value, is_plain=_is_plain(longest)) if longest else entry.get("summary")


def _is_plain(part: Any) -> bool:
    """Whether an Atom feed says that it is plain text, and it looks so."""
    return part.get("type") == "text/plain" and "</" not in part.value and "&lt;" not in part.value


def _loose(
    entry: Any, content: str, outlet: str | None, language: str | None, everyones: Iterable[Any]
) -> dict[str, Any]:
    authors = names([*entry.get("authors", ())]) or names(entry.get("author")) or names(list(everyones))
    title = plain(entry.get("title"))
    return given(
        id=entry.get("id"),
        url=entry.get("link"),
        html=page(title, content),
        source=given(name=outlet),
        hints=given(title=title, authors=authors, published_at=_published(entry, language), language=language),
        crawler="rss",
    )


def _published(entry: Any, language: str | None) -> str | None:
    """The moment that an entry prints, in whatever form; its update where it prints no other.

    A clock without a zone is read in that of the site's country, as on a page; without one it is UTC, as feeds mean it.
    Where the worker's libraries are not installed, it is what feedparser makes of it.
    """
    told = entry.get("published") or entry.get("updated")
    with contextlib.suppress(ImportError):
        if told and (moment := _read(str(told), entry.get("link"), language)):
            return moment
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")  # feedparser gives times in UTC
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None


def _read(told: str, link: str | None, language: str | None) -> str | None:
    from copydesk.pipeline.extraction.time.imprint import imprint_of  # noqa: PLC0415 - the worker's libraries
    from copydesk.pipeline.extraction.time.timestamps import read_time  # noqa: PLC0415
    from copydesk.pipeline.extraction.time.zones import instant  # noqa: PLC0415

    stamp = read_time(told, imprint_of(link, [language], None))
    host = str(link or "").partition("//")[2].partition("/")[0]
    return instant(stamp, None, host or None, "", language).at.isoformat() if stamp else None
