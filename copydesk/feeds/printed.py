"""What a page would print, from a crawler's parsed fields.

A crawler that has parsed the page hands in a headline, names, a time and a text. Set down as a page prints them, they
go through extraction like any dump: a time without a zone is given one by the same rules as everywhere, and what the
crawler's own parser left in the text is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any


def printed(title: Any, authors: Iterable[Any], time: Any, text: Any) -> str:
    """Headline, byline, time and text, a blank line between; what is missing is left out. Nothing without a text."""
    if not isinstance(text, str) or not text.strip():
        return ""
    names = [name.strip() for name in authors if isinstance(name, str) and name.strip()]
    parts = [title, f"By {' and '.join(names)}" if names else None, time, text]
    return "\n\n".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def zoned(value: Any) -> str | None:
    """``value`` if it is an ISO 8601 instant with a zone: what may be a hint. One without names no instant."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None


def given(**fields: Any) -> dict[str, Any]:
    """``fields`` without those that hold nothing."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}
