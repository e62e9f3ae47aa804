"""An event as one line for a person to read. Article text is hostile input: it must not move a terminal's cursor."""

from __future__ import annotations

from typing import Any

import orjson


def line_of(value: bytes) -> str:
    """The line of a record's value, whatever it holds."""
    try:
        return line(orjson.loads(value))
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError):
        return f"(not an event of ours) {printable(value[:100].decode(errors='replace'))}"


def line(event: dict[str, Any]) -> str:
    """One line: when, where, language, copy or not, headline; of a dead letter what failed, and where it lay."""
    return printable(
        dead_letter(event) if "error" in event else article(event) if "word_count" in event else raw(event)
    )


def article(event: dict[str, Any]) -> str:
    """An article at any stage."""
    duplicate = event.get("duplicate", {})
    mark = {"exact": "=", "near": "≈"}.get(duplicate.get("kind", ""), " ")
    if event.get("lifecycle") == "withdrawn":
        mark = "✗"
    elif event.get("lifecycle") == "revised":
        mark = f"v{event['version']}"
    source = event.get("source", {})
    where = source.get("domain") or source.get("name") or "–"
    names = [entity["text"] for entity in event.get("entities", ())[:3]]
    when = (event.get("published_at") or "–")[:16]
    told = f"  [{', '.join(dict.fromkeys(names))}]" if names else ""
    return (
        f"{when:16} {where:24.24} {event['language']['code']:3} {mark:2} {event.get('title') or '(no headline)'}{told}"
    )


def dead_letter(event: dict[str, Any]) -> str:
    """A dead letter."""
    at, error = f"{event['topic']}/{event['partition']}/{event['offset']}", event["error"]
    return f"{event['failed_at'][:16]:16} ✗ {event['stage']:8} {at:24} {error['type']}: {error['message']}"


def raw(event: dict[str, Any]) -> str:
    """A raw page."""
    fetched, kind = str(event.get("fetched_at", "–"))[:16], event.get("content_type", "–")
    return f"{fetched:16} {kind:10} {event.get('url') or '(no URL)'}"


def printable(text: str) -> str:
    """``text`` with control characters, escapes and bidirectional overrides replaced by blanks."""
    return "".join(character if character.isprintable() else " " for character in text)
