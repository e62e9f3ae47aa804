"""Reads what people have — JSON Lines, HTML files, text files — as rows, and rows as records of the contract."""

from __future__ import annotations

import base64
import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from schemas import ContractError, Problem, RawArticle
from schemas.codec import parse, validate

PAGES = {".html": "html", ".htm": "html", ".txt": "text"}


@dataclass(frozen=True)
class Row:
    """One record as it was found, at ``where`` (``file:line``): a line of bytes, or the fields of a page file."""

    where: str
    line: bytes = b""
    page: dict[str, Any] | None = None

    def fields(self) -> dict[str, Any]:
        """The row's fields.

        Raises:
            ContractError: the line is not a JSON object.
        """
        fields = self.page if self.page is not None else parse(self.line)
        if not isinstance(fields, dict):
            raise ContractError((Problem("$", "a JSON object", ascii(fields)[:80]),))
        return fields


def rows(path: Path) -> Iterator[Row]:
    """The rows of ``path``: JSON Lines (plain, .gz, ``-`` for stdin), an .html or .txt page, or a folder of all these.

    Raises:
        OSError: the input cannot be read.
    """
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in {*PAGES, ".jsonl", ".gz"}):
            yield from rows(file)
    elif path.suffix in PAGES:
        yield Row(str(path), page=_page(path))
    else:
        with opened(path, "rb") as lines:
            try:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield Row(f"{path}:{number}", line.rstrip(b"\r\n"))
            except (EOFError, zlib.error) as error:  # what gzip says of a file that is cut or damaged
                raise OSError(f"{path}: {error}") from None


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


def raw_article(fields: dict[str, Any], now: datetime) -> RawArticle:
    """``fields`` as a RawArticle: they are one already, or the loose shape {id, url, html | text, fetched_at?}.

    ``now`` stands in for a ``fetched_at`` that is missing (a page file brings the time it was last changed); one
    without a zone is read as UTC. A row with both ``html`` and ``text`` is read as HTML.

    Raises:
        ContractError: names every field at fault.
    """
    if "content_type" in fields or not fields.keys() & {"html", "text"}:
        return validate(RawArticle, fields)
    kind = "text" if fields.get("html") is None and "text" in fields else "html"
    content = fields[kind]
    known = {name: fields[name] for name in RawArticle.model_fields.keys() & fields.keys() - {"id", "source"}}
    loose = {
        **known,
        "id": text_or_none(fields.get("id")),
        "source": source_of(fields.get("source")),
        "fetched_at": with_zone(fields.get("fetched_at") or now.isoformat()),
        "content_type": {"html": "text/html", "text": "text/plain"}[kind],
    }
    if isinstance(content, bytes):
        try:
            content = content.decode()
        except UnicodeDecodeError:
            return validate(RawArticle, {**loose, "content_base64": base64.b64encode(content).decode()})
    elif not isinstance(content, str):
        raise ContractError((Problem(f"$.{kind}", "string", ascii(content)[:80]),))
    return validate(RawArticle, {**loose, "content": content})


def source_of(source: Any) -> Any:
    """A source as the contract has it; a bare string is a domain or a name."""
    if not isinstance(source, str):
        return source
    return {"domain" if "." in source and " " not in source else "name": source}


def with_zone(instant: Any) -> Any:
    """An ISO 8601 instant, read as UTC if it names no zone; anything else as it is, for validation to name."""
    if not isinstance(instant, str):
        return instant
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError:
        return instant
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def text_or_none(value: Any) -> str | None:
    """An id as text: crawlers number their pages, too."""
    return None if value is None else str(value)
