"""Where events can be kept: one store a file. What a sink has written is durable before its offsets are committed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

Event = dict[str, Any]


class Sink(Protocol):
    """A store. Writing the same event twice leaves it as after once: they go by ``id`` and ``version``."""

    def write(self, events: Sequence[Event]) -> None:
        """Keep ``events``; they are durable when this returns. Raises SinkError when they cannot be kept."""

    def close(self) -> None:
        """Let go of the store."""


class SinkError(Exception):
    """The store did not take a batch; the message says which store, and what it said."""


@dataclass(frozen=True)
class Known:
    """A kind of sink: its module, what its target is, and what it keeps."""

    module: str
    target: str
    what: str


SINKS = {
    "parquet": Known("parquet", "a folder", "articles, in files by day of publication"),
    "duckdb": Known("duck", "a database file", "articles, upserted"),
    "postgres": Known("postgres", "postgresql://…, or - for PG… in the environment", "articles, upserted"),
    "opensearch": Known("opensearch", "http://host:9200/index", "articles, upserted; Elasticsearch too"),
    "webhook": Known("webhook", "https://…", "each event posted, signed"),
    "warc": Known("warc", "a folder", "raw pages, as a crawl's archive"),
}


def opened(kind: str, target: str, **options: Any) -> Sink:
    """The sink of that kind at ``target``; a webhook takes a ``history``, see there.

    Raises:
        MissingExtra: its library is not installed.
        SinkError: the store cannot be reached, or is another's.
    """
    make: Callable[..., Sink] = import_module(f"copydesk.sinks.{SINKS[kind].module}").opened
    return make(target, **options)


def latest(events: Sequence[Event]) -> list[Event]:
    """``events`` with an ``id``, of each id the highest version, of that the last."""
    found: dict[str, Event] = {}
    for event in events:
        known = found.get(event.get("id", ""))
        if event.get("id") and (known is None or event.get("version", 1) >= known.get("version", 1)):
            found[event["id"]] = event
    return list(found.values())
