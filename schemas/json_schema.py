"""The records' JSON Schemas (2020-12), made from them: ``python -m copydesk.schemas.json_schema`` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from copydesk.schemas.article import Article
from copydesk.schemas.cluster import Cluster
from copydesk.schemas.dead_letter import DeadLetter
from copydesk.schemas.raw_article import RawArticle
from copydesk.schemas.record import Record

FOLDER = Path(__file__).parent / "json"

RECORDS: dict[str, type[Record]] = {
    "raw-article": RawArticle,
    "article": Article,
    "cluster": Cluster,
    "dead-letter": DeadLetter,
}


def json_schema(name: str) -> dict[str, Any]:
    """The schema of the record called ``name`` (a key of RECORDS), as it is read from the wire."""
    schema = RECORDS[name].model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:copydesk:schema:{name}:1",
        **schema,
    }


def render(name: str) -> bytes:
    """The schema as its committed file holds it."""
    return orjson.dumps(json_schema(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def path(name: str) -> Path:
    """The committed file."""
    return FOLDER / f"{name}.schema.json"


if __name__ == "__main__":
    for record in RECORDS:
        path(record).write_bytes(render(record))
