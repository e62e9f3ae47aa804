"""fundus' articles, as ``to_json``.

Trap: the default output has no URL; one made with ``html`` among its attributes has it, and the page itself.
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.printed import given, printed, zoned


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a fundus article."""
    return isinstance(fields.get("body"), dict) and "sections" in fields["body"] and "title" in fields


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The article as our loose shape."""
    page = fields["html"] if isinstance(fields.get("html"), dict) else {}
    authors = [name for name in fields.get("authors") or () if isinstance(name, str)]
    time = fields.get("publishing_date")
    html = page.get("content")
    return given(
        url=page.get("responded_url") or page.get("requested_url"),
        html=html,
        text=None if html else printed(fields["title"], authors, time, "\n\n".join(_paragraphs(fields["body"]))),
        fetched_at=page.get("crawl_date"),
        hints=given(title=fields["title"], authors=authors, published_at=zoned(time)),
        crawler="fundus",
    )


def _paragraphs(body: dict[str, Any]) -> list[str]:
    sections = body.get("sections") or ()
    parts = [*(body.get("summary") or ())]
    for section in sections:
        parts += [*(section.get("headline") or ()), *(section.get("paragraphs") or ())]
    return [part for part in parts if isinstance(part, str)]
