"""An article as one row of a table, what is asked for most beside the whole event; and the statement that keeps it."""

from __future__ import annotations

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


def upsert(marks: dict[str, str]) -> str:
    """The SQL that keeps a row unless a newer version is kept already; ``marks`` are the placeholders by column."""
    updated = ", ".join(f"{name} = excluded.{name}" for name in marks if name != "id")
    return (
        f"INSERT INTO articles ({', '.join(marks)}) VALUES ({', '.join(marks.values())})"
        f" ON CONFLICT (id) DO UPDATE SET {updated} WHERE excluded.version >= articles.version"
    )
