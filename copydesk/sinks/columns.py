"""An article as one row of a table, what is asked for most beside the whole event; and the statement that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

PLAIN = ("id", "url", "canonical_url", "title", "byline", "kind", "lifecycle", "text", "word_count")
TIMES = ("published_at", "modified_at", "fetched_at")


def columns(event: dict[str, Any]) -> dict[str, Any]:
    """The values of an article event, by column; what is unknown is None."""
    source, duplicate = event.get("source") or {}, event.get("duplicate") or {}
    return {
        **{name: event.get(name) for name in PLAIN},
        **{name: datetime.fromisoformat(event[name]) if event.get(name) else None for name in TIMES},
        "version": event.get("version", 1),
        "source": source.get("domain") or source.get("name"),
        "language": (event.get("language") or {}).get("code"),
        "authors": list(event.get("authors") or ()),
        "keywords": list(event.get("keywords") or ()),
        "duplicate_kind": duplicate.get("kind"),
        "cluster_id": duplicate.get("cluster_id"),
    }


def upsert(names: Sequence[str], values: str) -> str:
    """The SQL that keeps rows unless newer ones are kept; ``values`` says where from, ``{}`` stands for the columns."""
    updated = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    listed = ", ".join(names)
    return (
        f"INSERT INTO articles ({listed}) {values.format(listed)}"
        f" ON CONFLICT (id) DO UPDATE SET {updated} WHERE excluded.version >= articles.version"
    )
