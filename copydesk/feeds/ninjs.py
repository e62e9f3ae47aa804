"""IPTC's ninjs: version 3 (and 2), and version 1 with its single headline and bodies.

Reference:
    https://iptc.org/std/ninjs/3.0/
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.json_feed import page
from copydesk.feeds.printed import given, printed, zoned


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a ninjs item."""
    return "uri" in fields and bool(fields.keys() & {"bodies", "body_html", "body_xhtml", "body_text"})


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The item as our loose shape."""
    bodies = {
        body.get("contentType", body.get("contenttype")): body.get("value") for body in fields.get("bodies") or ()
    }
    markup = bodies.get("text/html") or bodies.get("application/xhtml+xml")
    markup = markup or fields.get("body_html") or fields.get("body_xhtml")
    plain = bodies.get("text/plain") or fields.get("body_text")
    headlines = sorted(fields.get("headlines") or (), key=lambda headline: headline.get("role") != "main")
    title = next((headline.get("value") for headline in headlines), None) or fields.get("headline")
    addresses = [fields["uri"], *(known.get("value") for known in fields.get("altIds") or ())]
    by = fields.get("by") or fields.get("byline")
    published = fields.get("contentCreated") or fields.get("firstCreated") or fields.get("versioncreated")
    return given(
        id=fields["uri"],
        url=next((address for address in addresses if str(address).startswith(("https://", "http://"))), None),
        html=page(title, markup) if markup else None,
        text=None if markup else printed(title, [by], None, plain),
        fetched_at=fields.get("versionCreated"),
        hints=given(
            title=title,
            authors=[by] if by else [],
            published_at=zoned(published),
            language=fields.get("language"),
        ),
        crawler="ninjs",
    )
