from __future__ import annotations

import orjson
import pytest

from copydesk.operating.registry import register
from copydesk.schemas.json_schema import json_schema
from copydesk.schemas.topics import topics
from copydesk.sinks import SinkError
from tests.stores import Service


def test_each_topics_schema_is_registered_under_its_subject(service: Service) -> None:
    named = [topic.name for topic in topics(prefix="desk.").all if not topic.compacted]
    service.answers = [(200, b'{"id": %d}' % number) for number, _ in enumerate(named, 1)]
    told = dict(register(f"{service.address}/", topics(prefix="desk.")))
    assert told == {f"{name}-value": number for number, name in enumerate(named, 1)}
    path, headers, body = service.posted[0]
    assert path == "/subjects/desk.news.raw-value/versions"
    assert headers["Content-Type"] == "application/vnd.schemaregistry.v1+json"
    sent = orjson.loads(body)
    assert sent["schemaType"] == "JSON"
    assert orjson.loads(sent["schema"]) == json_schema("raw-article")


def test_a_schema_that_the_registry_refuses_is_told(service: Service) -> None:
    service.answers = [(409, b'{"message": "incompatible"}')]
    with pytest.raises(SinkError, match="incompatible"):
        list(register(service.address, topics()))
