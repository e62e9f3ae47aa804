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

from copydesk.extra import needs
from copydesk.sinks import Event, latest
from copydesk.sinks.arrow import table


def opened(target: str) -> ParquetFolder:
    """The folder, made if it is not there."""
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    return ParquetFolder(folder)


class ParquetFolder:
    """See the module."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parquet = needs("pyarrow.parquet", "sinks")

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
            unfinished = folder / f".{name}"
            self._parquet.write_table(table(found), unfinished, compression="zstd")
            unfinished.replace(folder / f"{name}.parquet")

    def close(self) -> None:
        """Nothing is open between batches."""
