from __future__ import annotations

import jsonschema
import orjson

from copydesk.demo import sample
from copydesk.schemas.asyncapi import OUTPUT, document, text
from copydesk.schemas.topics import Topics


def test_the_committed_document_is_current() -> None:
    assert OUTPUT.read_text(encoding="utf-8") == text(), "run python -m copydesk.schemas.asyncapi"


def test_every_topic_that_people_read_or_write_is_in_it() -> None:
    addresses = {channel["address"] for channel in document()["channels"].values()}
    assert addresses == {topic.name for topic in Topics().all if not topic.compacted}


def test_its_schema_of_a_page_takes_the_sample() -> None:
    schema = document()["components"]["schemas"]["RawArticle"]
    jsonschema.validate(orjson.loads(next(sample.messages()).value), schema)
