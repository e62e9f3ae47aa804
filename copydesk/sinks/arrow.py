"""Articles as an Arrow table, which Parquet and DuckDB take whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from copydesk.extra import needs
from copydesk.sinks import Event
from copydesk.sinks.columns import PLAIN, TIMES, columns


def table(events: Sequence[Event]) -> Any:
    """The columns of each event, and all of it as JSON in the column ``event``."""
    arrow = needs("pyarrow", "sinks")
    text, number, moment = arrow.string(), arrow.int32(), arrow.timestamp("us", "UTC")
    kinds = {
        **dict.fromkeys(PLAIN, text), "word_count": number, **dict.fromkeys(TIMES, moment), "version": number,
        "source": text, "language": text, "authors": arrow.list_(text), "keywords": arrow.list_(text),
        "duplicate_kind": text, "cluster_id": text, "event": text,
    }  # fmt: skip
    rows = [{**columns(event), "event": orjson.dumps(event).decode()} for event in events]
    return arrow.Table.from_pylist(rows, schema=arrow.schema(kinds.items()))
