"""Reads what people have — JSON Lines, JSON, HTML and text files, WARC, feeds — as rows, one a page."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import orjson

from schemas import ContractError, Problem
from schemas.codec import parse

PAGES = {".html": "html", ".htm": "html", ".txt": "text"}
LINES = {".jsonl", ".ndjson", ".jl", ".gz"}
SUFFIXES = {*PAGES, *LINES, ".json", ".warc", ".xml", ".rss", ".atom"}


@dataclass(frozen=True)
class Row:
    """One record as it was found, at ``where`` (``file:line``): a line of bytes, or fields that were read already.

    ``refused`` is why a record is no page; ``format`` names the kind of file, where that is the format.
    """

    where: str
    line: bytes = b""
    page: dict[str, Any] | None = None
    refused: Problem | None = None
    format: str | None = None

    def fields(self) -> dict[str, Any]:
        """The row's fields.

        Raises:
            ContractError: the line is not a JSON object, or the record no page.
        """
        if self.refused is not None:
            raise ContractError((self.refused,))
        fields = self.page if self.page is not None else parse(self.line)
        if not isinstance(fields, dict):
            raise ContractError((Problem("$", "a JSON object", ascii(fields)[:80]),))
        return fields


def rows(path: Path) -> Iterator[Row]:
    """The rows of ``path``: JSON Lines (plain, .gz, ``-`` for stdin), a .json, WARC, RSS, Atom or NewsML-G2 file, an
    .html or .txt page, or a folder of all these.

    Raises:
        OSError: the input cannot be read.
        MissingExtra: a library for this kind of file is not installed.
    """
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in SUFFIXES):
            yield from rows(file)
    elif path.suffix in PAGES:
        yield Row(str(path), page=_page(path))
    elif path.suffix == ".json":
        yield from _documents(path)
    elif path.name.endswith((".warc", ".warc.gz")):
        from copydesk.feeds import warc  # noqa: PLC0415 - formats build on rows

        yield from warc.rows(path)
    elif path.suffix in (".xml", ".rss", ".atom"):
        yield from _xml(path)
    else:
        yield from _lines(path)


def _lines(path: Path) -> Iterator[Row]:
    with opened(path, "rb") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Row(f"{path}:{number}", line.rstrip(b"\r\n"))
        except (EOFError, zlib.error) as error:  # what gzip says of a file that is cut or damaged
            raise OSError(f"{path}: {error}") from None


def _documents(path: Path) -> Iterator[Row]:
    """A JSON file: one record, a list of records, or a JSON Feed with its items."""
    from copydesk.feeds import json_feed  # noqa: PLC0415 - formats build on rows

    try:
        found = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise OSError(f"{path}: {error}") from None
    if isinstance(found, dict) and json_feed.is_feed(found):
        found = found["items"]
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        yield Row(f"{path}:{number}", page=record)


def _xml(path: Path) -> Iterator[Row]:
    from copydesk.feeds import newsml, syndication  # noqa: PLC0415 - formats build on rows

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


def _page(path: Path) -> dict[str, Any]:
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return {"id": path.name, PAGES[path.suffix]: path.read_bytes(), "fetched_at": modified.isoformat()}
