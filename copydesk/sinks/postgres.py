"""Articles in PostgreSQL: the table ``articles``, of each id the highest version.

The target is a connection string; ``-`` leaves everything to libpq's own variables (PGHOST, PGUSER, PGPASSWORD, …), so
that no password stands on a command line.

This is the consumer that makes exactly-once of at-least-once: an event that comes again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copydesk.extra import needs
from copydesk.sinks import Event, SinkError, latest
from copydesk.sinks.columns import columns, upsert

TABLE = """
    CREATE TABLE IF NOT EXISTS articles (
        id text PRIMARY KEY, version integer NOT NULL, url text, canonical_url text, title text, byline text, kind text,
        lifecycle text, text text, word_count integer, source text, language text, authors text[], keywords text[],
        published_at timestamptz, modified_at timestamptz, fetched_at timestamptz, duplicate_kind text, cluster_id text,
        event jsonb)
"""


def opened(target: str) -> Postgres:
    """A connection, with the table."""
    psycopg = needs("psycopg", "sinks")
    try:
        connection = psycopg.connect("" if target == "-" else target, autocommit=True, connect_timeout=10)
        connection.execute(TABLE)
    except psycopg.Error as error:
        raise SinkError(f"PostgreSQL: {error}") from None
    return Postgres(connection, psycopg)


def storable(value: Any) -> Any:
    """``value`` with U+FFFD for the one character that PostgreSQL has no place for, in texts as in JSON: U+0000."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


class Postgres:
    """See the module."""

    def __init__(self, connection: Any, psycopg: Any) -> None:
        self._connection = connection
        self._psycopg = psycopg

    def write(self, events: Sequence[Event]) -> None:
        """Upsert in one transaction; an older version never replaces a newer one."""
        json = needs("psycopg.types.json", "sinks").Jsonb
        kept = [storable(event) for event in latest(events)]
        rows = [{**columns(event), "event": json(event)} for event in kept]
        if not rows:
            return
        statement = upsert(list(rows[0]), f"VALUES ({', '.join(f'%({name})s' for name in rows[0])})")
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.executemany(statement, rows)
        except self._psycopg.Error as error:
            raise SinkError(f"PostgreSQL: {error}") from None

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()
