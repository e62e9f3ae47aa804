"""Reads what people have — JSON Lines, JSON, HTML and text files, WARC, feeds — as rows, one a page."""

from __future__ import annotations

import codecs
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from copydesk.feeding.kinds import Kind, encoding_of, kind_of
from copydesk.feeds import json_feed, newsml, syndication, warc
from copydesk.feeds.row import Row
from copydesk.feeds.wild.lines import read_line
from copydesk.feeds.wild.packed import opened
from copydesk.schemas import ContractError, Problem
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, MAX_PAGE_BYTES

PAGES: dict[str, Kind] = {".html": "html", ".htm": "html", ".txt": "text"}
KINDS: dict[str, Kind] = {**PAGES, ".json": "json", ".xml": "xml", ".rss": "xml", ".atom": "xml"}
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
    kind = "lines" if str(path) == "-" else kind_of(path, _promised(path))
    if kind == "warc":
        return warc.rows(path, done)
    if kind in PAGES.values():
        return _unless_done(path, done, partial(_page, kind=kind))
    if kind == "json":
        return _unless_done(path, done, _documents)
    if kind == "xml":
        return _unless_done(path, done, _xml)
    return _lines(path, done)


def _promised(path: Path) -> Kind:
    """What kind of file its name says it is."""
    if path.name.endswith((".warc", ".warc.gz")):
        return "warc"
    return KINDS.get(path.suffix.lower(), "lines")


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
    with opened(path, "rb") as packed:
        try:
            file = _in_utf_8(packed)
            while line := file.readline(MAX_LINE_BYTES):
                number += 1
                if number > done and line.strip():
                    yield _line(path, number, line)
                while len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
        except (EOFError, zlib.error, lzma.LZMAError) as error:  # what gzip says of a file that is cut or damaged
            raise OSError(f"{path}: {error}") from None
    if number < done:
        raise OSError(f"{path}: has {number:,} lines, of which {done:,} were done: another file?")


def _in_utf_8(file: IO[bytes]) -> IO[bytes]:
    """``file``, put into UTF-8 if the mark it begins with says that it is UTF-16 or UTF-32."""
    if not file.seekable():
        return file
    encoding = encoding_of(file.read(4))
    file.seek(0)
    if encoding is None:
        return file
    return codecs.EncodedFile(file, "utf-8", encoding, "replace")


def _line(path: Path, number: int, line: bytes) -> Row:
    where = f"{path}:{number}"
    if len(line) == MAX_LINE_BYTES:
        return Row(where, refused=Problem("$", f"at most {MAX_LINE_BYTES:,} bytes", "more"), done=number)
    # A last line without an end may be one that is still being written.
    return Row(where, line.rstrip(b"\r\n"), done=number if line.endswith(b"\n") else number - 1)


def _documents(path: Path) -> Iterator[Row]:
    """A JSON file: one record, a list of records, or a JSON Feed with its items."""
    with opened(path, "rb") as file:
        text = file.read()
    encoding = encoding_of(text[:4])
    try:
        found = read_line(text.decode(encoding, "replace").encode() if encoding else text)
    except ContractError as error:
        raise OSError(f"{path}: {error}") from None
    if isinstance(found, dict) and json_feed.is_feed(found):
        found = json_feed.items(found)
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        yield Row(f"{path}:{number}", page=record)


def _xml(path: Path) -> Iterator[Row]:
    with opened(path, "rb") as file:
        is_newsml = b"iptc.org/std/nar/" in file.read(4_096)
    yield from newsml.rows(path) if is_newsml else syndication.rows(path)


def _page(path: Path, kind: Kind) -> Iterator[Row]:
    found = path.stat()
    with opened(path, "rb") as file:
        page = file.read(MAX_PAGE_BYTES + 1)
    if len(page) > MAX_PAGE_BYTES:
        size = f"{found.st_size:,}"
        yield Row(str(path), refused=Problem("$.content", f"at most {MAX_PAGE_BYTES:,} bytes", size))
        return
    modified = datetime.fromtimestamp(found.st_mtime, UTC).isoformat()
    yield Row(str(path), page={"id": path.name, kind: page, "fetched_at": modified})
