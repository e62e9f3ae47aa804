"""Articles in a DuckDB file: the table ``articles``, of each id the highest version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copydesk.extra import needs
from copydesk.sinks import Event, SinkError, latest
from copydesk.sinks.arrow import table
from copydesk.sinks.columns import upsert

TABLE = """
    CREATE TABLE IF NOT EXISTS articles (
        id VARCHAR PRIMARY KEY, version INTEGER NOT NULL, url VARCHAR, canonical_url VARCHAR, title VARCHAR,
        byline VARCHAR, kind VARCHAR, lifecycle VARCHAR, text VARCHAR, word_count INTEGER, source VARCHAR,
        language VARCHAR, authors VARCHAR[], keywords VARCHAR[], published_at TIMESTAMPTZ, modified_at TIMESTAMPTZ,
        fetched_at TIMESTAMPTZ, duplicate_kind VARCHAR, cluster_id VARCHAR, event JSON)
"""


def opened(target: str) -> DuckDB:
    """The database, with its table."""
    duckdb = needs("duckdb", "sinks")
    try:
        connection = duckdb.connect(target)
        connection.execute(TABLE)
    except duckdb.Error as error:
        raise SinkError(f"DuckDB {target}: {error}") from None
    return DuckDB(connection, duckdb.Error)


class DuckDB:
    """See the module."""

    def __init__(self, connection: Any, failure: type[Exception]) -> None:
        self._connection = connection
        self._failure = failure

    def write(self, events: Sequence[Event]) -> None:
        """Upsert; an older version never replaces a newer one."""
        kept = latest(events)
        if not kept:
            return
        batch = table(kept)
        try:
            # A whole batch from Arrow: row by row DuckDB takes a hundredth of it.
            self._connection.register("batch", batch)
            self._connection.execute(upsert(batch.column_names, "SELECT {} FROM batch"))
        except self._failure as error:
            raise SinkError(f"DuckDB: {error}") from None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
