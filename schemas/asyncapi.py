"""Makes ``json/asyncapi.json``: every topic with its messages, as an AsyncAPI 3.0 document.

usage: python -m copydesk.schemas.asyncapi

Reference:
    https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk.schemas.article import Article
from copydesk.schemas.cluster import Cluster
from copydesk.schemas.dead_letter import DeadLetter
from copydesk.schemas.raw_article import RawArticle
from copydesk.schemas.record import Record
from copydesk.schemas.topics import Topic, Topics

OUTPUT = Path(__file__).parent / "json" / "asyncapi.json"

RECORDS: dict[str, type[Record]] = {
    "RawArticle": RawArticle,
    "Article": Article,
    "Cluster": Cluster,
    "DeadLetter": DeadLetter,
}
TELLS = {
    "raw": "Pages as crawled. Any producer may send them.",
    "raw_backfill": "Archives, which never delay live pages.",
    "extracted": "Articles as extraction read them.",
    "deduplicated": "Articles that are new, a new version, or withdrawn.",
    "deduplicated_backfill": "The same, of an archive: they are annotated when live articles leave time for it.",
    "enriched": "New articles with entities, places, quotes and keywords: what a subscriber reads.",
    "duplicates": "Articles that are copies, or were fetched again unchanged, with whose copy and why.",
    "clusters": "Upserts: a better original of a cluster turned up, and why it is better.",
    "dead_letters": "Messages that could not be worked, whole, and why.",
}
HEADERS = {
    "type": "object",
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "description": "the article's id and version; the same when it comes again"},
        "ce_source": {"type": "string", "description": "the stage that made it"},
        "ce_type": {"type": "string"},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_subject": {"type": "string", "description": "the article's URL"},
        "ce_correlationid": {"type": "string", "description": "the raw message it goes back to"},
        "content-type": {"type": "string", "const": "application/json"},
    },
}


def document() -> dict[str, Any]:
    """The document."""
    topics = Topics()
    named: dict[str, Topic] = {name: getattr(topics, name) for name in TELLS}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Copydesk",
            "version": "1",
            "description": "Raw crawler output in; clean, de-duplicated, enriched article events out.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(name, topic) for name, topic in named.items()},
        "operations": {name: _operation(name) for name in named},
        "components": {
            "messages": {name: _message(name) for name in RECORDS},
            "schemas": {name: _schema(name) for name in RECORDS},
        },
    }


def _channel(name: str, topic: Topic) -> dict[str, Any]:
    return {
        "address": topic.name,
        "description": TELLS[name],
        "messages": {topic.value: {"$ref": f"#/components/messages/{topic.value}"}},
        "bindings": {"kafka": {"topic": topic.name, "topicConfiguration": {"retention.ms": topic.retention_ms}}},
    }


def _operation(name: str) -> dict[str, Any]:
    # As AsyncAPI has it, the application is Copydesk: it receives raw pages and sends the rest.
    action = "receive" if name.startswith("raw") else "send"
    return {"action": action, "channel": {"$ref": f"#/channels/{name}"}, "summary": TELLS[name]}


def _message(name: str) -> dict[str, Any]:
    message: dict[str, Any] = {
        "name": name,
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{name}"},
    }
    return message if name == "RawArticle" else {**message, "headers": HEADERS}


def _schema(name: str) -> dict[str, Any]:
    """The record's JSON Schema, with the records inside it where they are used: the document needs no second root."""
    schema = RECORDS[name].model_json_schema(by_alias=True, mode="serialization")
    inner = schema.pop("$defs", {})

    def inlined(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                return inlined(inner[part["$ref"].rpartition("/")[2]])
            return {key: inlined(value) for key, value in part.items()}
        return [inlined(one) for one in part] if isinstance(part, list) else part

    found: dict[str, Any] = inlined(schema)
    return found


def text() -> str:
    """The file."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    OUTPUT.write_text(text(), encoding="utf-8")
