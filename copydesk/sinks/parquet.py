"""Articles as Parquet files, in a folder a day: ``day=2026-01-09/…parquet``.

A batch is a file, named by what is in it: the same batch written again is the same file. A revised article is in a
later file too; read the highest version of an id. DuckDB: ``SELECT * FROM read_parquet('news/*/*.parquet') QUALIFY
row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1``.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from copydesk.extra import needs
from copydesk.sinks import Event, latest
from copydesk.sinks.columns import columns

TEXTS = ("id", "url", "canonical_url", "title", "byline", "kind", "lifecycle", "text")


def opened(target: str) -> ParquetFolder:
    """The folder, made if it is not there."""
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    return ParquetFolder(folder)


class ParquetFolder:
    """See the module."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._arrow, self._parquet = needs("pyarrow", "sinks"), needs("pyarrow.parquet", "sinks")

    def write(self, events: Sequence[Event]) -> None:
        """A file for each day that is among ``events``, whole or not at all."""
        days: dict[str, list[Event]] = defaultdict(list)
        for event in latest(events):
            days[(event.get("published_at") or event.get("fetched_at") or "unknown")[:10]].append(event)
        for day, found in days.items():
            folder = self._folder / f"day={day}"
            folder.mkdir(exist_ok=True)
            keys = sorted(f"{event['id']}.{event.get('version', 1)}" for event in found)
            name = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:24]
            table = self._arrow.Table.from_pylist([row(event) for event in found], schema=self._schema())
            unfinished = folder / f".{name}"
            self._parquet.write_table(table, unfinished, compression="zstd")
            unfinished.replace(folder / f"{name}.parquet")

    def close(self) -> None:
        """Nothing is open between batches."""

    def _schema(self) -> Any:
        arrow = self._arrow
        moment = arrow.timestamp("us", "UTC")
        return arrow.schema([
            *((name, arrow.string()) for name in TEXTS), ("version", arrow.int32()), ("source", arrow.string()),
            ("language", arrow.string()), ("authors", arrow.list_(arrow.string())),
            ("published_at", moment), ("modified_at", moment), ("fetched_at", moment), ("word_count", arrow.int32()),
            ("duplicate_kind", arrow.string()), ("cluster_id", arrow.string()),
            ("keywords", arrow.list_(arrow.string())), ("event", arrow.string()),
        ])  # fmt: skip


def row(event: Event) -> dict[str, Any]:
    """The columns of an event; ``event`` holds all of it, as JSON."""
    return {**columns(event), "event": orjson.dumps(event).decode()}
