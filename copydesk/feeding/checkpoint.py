"""How far a feed has come, in a small file, so that it can go on after a stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from copydesk.feeding.rows import files, rows
from copydesk.feeds.row import Row


class Checkpoint:
    """What is done of each input file. Without a ``file`` nothing is kept, and every input starts at its first row.

    Raises:
        OSError: the file is there and cannot be read, or is none of ours.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._done: dict[str, int] = {}
        self._at: dict[str, int] = {}
        if file is not None and file.exists():
            try:
                self._done = {str(path): int(count) for path, count in orjson.loads(file.read_bytes()).items()}
            except (orjson.JSONDecodeError, AttributeError, TypeError, ValueError) as error:
                raise OSError(f"{file} is no checkpoint: {error}") from None

    def rest(self, path: Path) -> Iterator[Row]:
        """The rows of ``path``, a file or a folder, that are not done; each is when the next is asked for."""
        for file in files(path):
            name = str(file)
            for row in rows(file, self._done.get(name, 0)):
                yield row
                self._at[name] = row.done

    def save(self) -> None:
        """Keep what is done. Call it when the broker has confirmed everything that was handed over."""
        if self._file is None:
            return
        self._done |= self._at
        new = self._file.with_suffix(".new")
        new.write_bytes(orjson.dumps(self._done))
        new.replace(self._file)
