"""Tells a schema registry (Confluent's interface, as Karapace and Apicurio have it too) what the topics hold.

Nothing of ours needs one: values are plain JSON, without a registry's five bytes in front. Who has one can look the
schemas up there, and have it refuse what would break readers.

Reference:
    https://docs.confluent.io/platform/current/schema-registry/develop/api.html
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import orjson

from copydesk.schemas.json_schema import json_schema
from copydesk.schemas.topics import Topics
from copydesk.sinks.posting import Poster

NAMES = {"RawArticle": "raw-article", "Article": "article", "Cluster": "cluster", "DeadLetter": "dead-letter"}
TYPE = "application/vnd.schemaregistry.v1+json"


def register(registry: str, topics: Topics) -> Iterator[tuple[str, int]]:
    """Register the schema of each topic's values; the subject, and the registry's id of its schema.

    Raises:
        SinkError: the registry does not answer, or refuses a schema as incompatible.
    """
    poster = Poster()
    for topic in topics.all:
        if topic.value in NAMES:
            subject = f"{topic.name}-value"
            body = orjson.dumps(
                {"schemaType": "JSON", "schema": orjson.dumps(json_schema(NAMES[topic.value])).decode()}
            )
            address = f"{registry.rstrip('/')}/subjects/{quote(subject, safe='')}/versions"
            answer = poster.post(address, body, {"Content-Type": TYPE, "Accept": TYPE})
            yield subject, int(orjson.loads(answer.data)["id"])
