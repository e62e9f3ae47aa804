"""Reads what people have — JSON Lines, JSON, HTML and text files, WARC, feeds — as rows, one a page."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO

import orjson

from copydesk.feeds import json_feed, newsml, syndication, warc
from copydesk.feeds.row import Row
from copydesk.schemas import Problem
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, MAX_PAGE_BYTES

PAGES = {".html": "html", ".htm": "html", ".txt": "text"}
LINES = {".jsonl", ".ndjson", ".jl", ".gz"}
MAX_LINE_BYTES = 2 * MAX_MESSAGE_BYTES  # another crawler's record holds more than the page that we take of it
SUFFIXES = {*PAGES, *LINES, ".json", ".warc", ".xml", ".rss", ".atom"}


def files(path: Path) -> list[Path]:
    """``path``, or what is in it that ``rows`` can read."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix in SUFFIXES)


def rows(path: Path, done: int = 0) -> Iterator[Row]:
    """The rows of ``path`` behind the one that says ``done``.

    It is JSON Lines (plain, .gz, ``-`` for stdin), a .json, WARC, RSS, Atom or NewsML-G2 file, an .html or .txt page,
    or a folder of all these, which is read from its beginning. Lines and WARC files may have grown since; of the others
    every row comes again when the file has changed.

    Raises:
        OSError: the input cannot be read, or is not the one that was begun.
        MissingExtra: a library for this kind of file is not installed.
    """
    if path.is_dir():
        return chain.from_iterable(map(rows, files(path)))
    if path.name.endswith((".warc", ".warc.gz")):
        return warc.rows(path, done)
    if path.suffix in PAGES:
        return _unless_done(path, done, _page)
    if path.suffix == ".json":
        return _unless_done(path, done, _documents)
    if path.suffix in (".xml", ".rss", ".atom"):
        return _unless_done(path, done, _xml)
    return _lines(path, done)


def _unless_done(path: Path, done: int, read: Callable[[Path], Iterator[Row]]) -> Iterator[Row]:
    changed = path.stat().st_mtime_ns
    if done == changed:
        return
    last: Row | None = None
    for row in read(path):
        if last:
            yield last
        last = row
    if last:
        yield replace(last, done=changed)


def _lines(path: Path, done: int) -> Iterator[Row]:
    number = 0
    with opened(path, "rb") as file:
        try:
            while line := file.readline(MAX_LINE_BYTES):
                number += 1
                if number > done and line.strip():
                    yield _line(path, number, line)
                while len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
        except (EOFError, zlib.error) as error:  # what gzip says of a file that is cut or damaged
            raise OSError(f"{path}: {error}") from None
    if number < done:
        raise OSError(f"{path}: has {number:,} lines, of which {done:,} were done: another file?")


def _line(path: Path, number: int, line: bytes) -> Row:
    where = f"{path}:{number}"
    if len(line) == MAX_LINE_BYTES:
        return Row(where, refused=Problem("$", f"at most {MAX_LINE_BYTES:,} bytes", "more"), done=number)
    # A last line without an end may be one that is still being written.
    return Row(where, line.rstrip(b"\r\n"), done=number if line.endswith(b"\n") else number - 1)


def _documents(path: Path) -> Iterator[Row]:
    """A JSON file: one record, a list of records, or a JSON Feed with its items."""
    try:
        found = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise OSError(f"{path}: {error}") from None
    if isinstance(found, dict) and json_feed.is_feed(found):
        found = json_feed.items(found)
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        yield Row(f"{path}:{number}", page=record)


def _xml(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        is_newsml = b"iptc.org/std/nar/" in file.read(4_096)
    yield from newsml.rows(path) if is_newsml else syndication.rows(path)


@contextmanager
def opened(path: Path, mode: str) -> Iterator[IO[bytes]]:
    """``path`` for reading (``rb``) or writing (``wb``) bytes; ``-`` is stdin or stdout, ``.gz`` is compressed."""
    if str(path) == "-":
        yield sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
    elif path.suffix == ".gz":
        with gzip.open(path, mode) as file:
            yield file  # type: ignore[misc]
    else:
        with path.open(mode) as file:
            yield file


def _page(path: Path) -> Iterator[Row]:
    found = path.stat()
    if found.st_size > MAX_PAGE_BYTES:
        yield Row(str(path), refused=Problem("$.content", f"at most {MAX_PAGE_BYTES:,} bytes", f"{found.st_size:,}"))
        return
    modified = datetime.fromtimestamp(found.st_mtime, UTC).isoformat()
    yield Row(str(path), page={"id": path.name, PAGES[path.suffix]: path.read_bytes(), "fetched_at": modified})
