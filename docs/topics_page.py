"""Makes docs/topics.md from the AsyncAPI document and the sample crawl: every topic, with a real event of it.

usage: python docs/topics_page.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson

from copydesk.agents.carrying.dead_letters import dead_letter
from copydesk.demo import sample
from copydesk.pipeline import annotation, deduplication, extraction
from copydesk.pipeline.deduplication import Shard
from copydesk.schemas import ContractError, RawArticle, RawReference, decode, encode
from copydesk.schemas.asyncapi import HEADERS, RECORDS, document
from copydesk.schemas.topics import Topics

HERE = Path(__file__).parent
LONG = 140  # characters of a text that the page shows
MANY = 3  # entries of a list
HEAD = """\
# Topics

Made by `python docs/topics_page.py` from [the AsyncAPI document](../schemas/json/asyncapi.json) and the sample crawl.
The JSON Schemas of the records are in [schemas/json](../schemas/json); fields are added, never renamed or retyped, and
a test holds that. Long texts and lists are cut here, with `…`.

| header | |
|---|---|
"""


def text() -> str:
    """The page."""
    events, topics = dict(sampled()), Topics()
    headers = "".join(f"| `{name}` | {of.get('description', '')} |\n" for name, of in HEADERS["properties"].items())
    parts = [HEAD + headers]
    for name, channel in document()["channels"].items():
        topic = getattr(topics, name)
        days = topic.retention_ms // 86_400_000
        parts.append(
            f"\n## {topic.name}\n\n{channel['description']} Key: {topic.key}. Value: {topic.value}. Kept {days} days.\n"
        )
        if name in events:
            parts.append(f"\n```json\n{json.dumps(shortened(events[name]), indent=1, ensure_ascii=False)}\n```\n")
    fields = {name: ", ".join(f"`{field}`" for field in record.model_fields) for name, record in RECORDS.items()}
    parts.append("\n## Fields\n\n" + "".join(f"{name}: {told}.\n\n" for name, told in fields.items()))
    return "".join(parts).replace("`schema_`", "`schema`").rstrip() + "\n"


def sampled() -> Iterator[tuple[str, Any]]:
    """An event of each topic, as the stages make them of the sample crawl."""
    messages, topics, shard = list(sample.messages()), Topics(), Shard()
    annotator, seen = annotation.load(None), set()
    yield "raw", orjson.loads(messages[0].value)
    for offset, message in enumerate(messages):
        at = SimpleNamespace(topic=topics.raw.name, partition=0, offset=offset, key=message.key, value=message.value,
                             headers=())  # fmt: skip
        try:
            raw = decode(RawArticle, message.value)
        except ContractError as error:
            letter = orjson.loads(
                dead_letter(at, error, stage="extract", attempts=1, topic=topics.dead_letters.name).value or b""
            )
            letter["error"].pop("traceback", None)
            letter["failed_at"] = "2026-05-04T12:00:00Z"
            found: dict[str, Any] = {"dead_letters": letter}
        else:
            article = extraction.extract(raw, RawReference(topic=at.topic, partition=0, offset=offset))
            decided = shard.decide(f"{at.topic}/0/{offset}", deduplication.sketch(article)).decision
            settled = deduplication.settle(article, decided)
            if decided.lifecycle != "new":
                continue
            found = {"duplicates": settled}
            if decided.duplicate.kind == "none":
                found = {"extracted": article, "deduplicated": settled, "enriched": annotator.annotate(settled)}
        for name, event in found.items():
            if name not in seen:
                seen.add(name)
                yield name, event if isinstance(event, dict) else orjson.loads(encode(event))


def shortened(value: Any) -> Any:
    """``value`` as the page shows it."""
    if isinstance(value, str):
        return value if len(value) <= LONG else value[:LONG] + "…"
    if isinstance(value, list):
        return [shortened(one) for one in value[:MANY]] + (["…"] if len(value) > MANY else [])
    return {key: shortened(one) for key, one in value.items()} if isinstance(value, dict) else value


if __name__ == "__main__":
    (HERE / "topics.md").write_text(text(), encoding="utf-8")
