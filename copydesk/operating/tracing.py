"""Where a story went: every event that goes back to one raw page, in the order of the stages, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from kafka import KafkaConsumer, TopicPartition

from copydesk import clients
from copydesk.schemas.topics import Topics
from copydesk.subscribing.lines import printable


@dataclass(frozen=True)
class Step:
    """One event of the story: the topic it lies on, where, when it was written, and its value."""

    topic: str
    position: str
    at: float
    """Seconds since 1970."""
    origin: str
    """The raw message it goes back to."""
    value: bytes | None


def trace(broker: str, topics: Topics, wanted: str) -> list[Step]:
    """The steps of the page with URL, article id or raw position (``topic/partition/offset``) ``wanted``.

    Reads what is kept of all topics, twice: first which raw messages are meant, then all that goes back to them.

    Raises:
        BrokerUnavailable: no broker answers, or a topic is missing.
    """
    names = [topics.raw.name, topics.raw_backfill.name, topics.extracted.name, topics.deduplicated.name,
             topics.deduplicated_backfill.name, topics.duplicates.name, topics.enriched.name,
             topics.dead_letters.name]  # fmt: skip
    raw = {topics.raw.name, topics.raw_backfill.name}
    consumer = clients.consumer(broker, *names)
    try:
        meant = {origin for record, origin in _records(consumer, raw) if _is_meant(record, origin, wanted)}
        steps = [
            Step(record.topic, _position(record), record.timestamp / 1000, origin, record.value)
            for record, origin in _records(consumer, raw)
            if origin in meant
        ]
    finally:
        consumer.close()
    return sorted(steps, key=lambda step: (step.origin, names.index(step.topic), step.at))


def _records(consumer: KafkaConsumer, raw: set[str]) -> Iterator[tuple[Any, str]]:
    """Every record there is now, with the raw message it goes back to."""
    ends: dict[TopicPartition, int] = consumer.end_offsets(list(consumer.assignment()))
    consumer.seek_to_beginning()
    while any(consumer.position(at) < end for at, end in ends.items()):
        for at, records in consumer.poll(timeout_ms=500).items():
            for record in records:
                if record.offset < ends[at]:
                    yield record, _position(record) if record.topic in raw else _header(record, "ce_correlationid")


def _is_meant(record: Any, origin: str, wanted: str) -> bool:
    id, _, _ = _header(record, "ce_id").rpartition(".")
    return wanted in (origin, id, _header(record, "ce_subject"), (record.key or b"").decode(errors="replace"))


def _position(record: Any) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"


def _header(record: Any, name: str) -> str:
    return next((value.decode() for key, value in record.headers if key == name), "")


def line(step: Step) -> str:
    """The step as a line: when, where, and what happened; nothing in it moves a terminal's cursor."""
    at = datetime.fromtimestamp(step.at, UTC).isoformat(sep=" ", timespec="milliseconds")[:23]
    return printable(f"{at}  {step.position:32}  {reason(step)}")


def reason(step: Step) -> str:
    """What happened in this step, and why, in one line."""
    try:
        event = orjson.loads(step.value or b"null")
    except orjson.JSONDecodeError:
        return f"{len(step.value or b''):,} bytes that are no JSON"
    if not isinstance(event, dict):
        return "a message that is no JSON object"
    if "error" in event:
        return f"failed in {event['stage']} after {event['attempts']} attempts: {_error(event['error'])}"
    if "content_type" in event:
        return f"fetched {event.get('fetched_at')}, {event['content_type']}, {len(step.value or b''):,} bytes"
    if event.get("entities") is not None:
        named = (f"{len(event[what] or ())} {what}" for what in ("entities", "places", "quotes", "keywords"))
        return f"{', '.join(named)}; model {event['provenance'].get('model')}"
    return _decided(event) if event.get("lifecycle") else _extracted(event)


def _error(error: dict[str, str]) -> str:
    return f"{error['type']}: {error['message']}"


def _extracted(event: dict[str, Any]) -> str:
    dated = event.get("published") or {}
    evidence = f" by “{dated['evidence']}”, zone {dated['zone']}" if dated else ""
    sure = (event.get("extraction") or {}).get("confidence")
    return (
        f"“{event.get('title') or 'no headline'}”, {event['word_count']} words, {event['language']['code']},"
        f" published {event.get('published_at') or 'unknown'}{evidence};"
        f" {len(event['removed'])} pieces cut, body F1 to expect {sure}"
    )


def _decided(event: dict[str, Any]) -> str:
    duplicate = event["duplicate"]
    if event["lifecycle"] == "unchanged":
        return f"version {event['version']}, fetched again and unchanged"
    if duplicate["kind"] != "none":
        changed = f", but for {', '.join(event['changes'])}" if event.get("changes") else ""
        return (
            f"{duplicate['kind']} copy in cluster {duplicate['cluster_id']}, of {duplicate['canonical_id']}:"
            f" {duplicate['containment']:.0%} of the shorter text and"
            f" {duplicate['anchors']:.0%} of its numbers and names in common{changed}"
        )
    changed = f": {', '.join(event['changes'])}" if event.get("changes") else ""
    return f"{event['lifecycle']}, version {event['version']}{changed}; cluster {duplicate['cluster_id']}"
