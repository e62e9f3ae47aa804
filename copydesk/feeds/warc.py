"""WARC files, as crawlers, CC-NEWS and Media Cloud write them: each response of a page as a row.

fastwarc reads them: in benchmarks/feeding.py it is twice as fast as warcio. No more of a body is read or
unpacked than a page may have: a compression bomb is refused. A file that was cut off ends in an error after its last
whole record; neither library says so by itself.

Reference:
    https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from copydesk.extra import needs
from copydesk.feeds.printed import given, zoned
from copydesk.rows import Row
from schemas import Problem
from schemas.topics import MAX_PAGE_BYTES

PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
WINDOWS = {"identity": None, "gzip": 47, "x-gzip": 47, "deflate": 47}  # 47: zlib finds out which of its own it is
MEDIA_CLOUD = "application/x.mediacloud-indexer+json"


def rows(path: Path) -> Iterator[Row]:
    """The responses in ``path``, .warc or .warc.gz; those that are no page as refused rows.

    Raises:
        MissingExtra: fastwarc is not installed.
        OSError: the file cannot be read, is no WARC, or was cut off.
    """
    warc = needs("fastwarc.warc")
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.revisit | warc.WarcRecordType.metadata
    held: Row | None = None  # a response, until it is known whether its metadata follows
    at = 0
    archive = warc.ArchiveIterator(str(path), record_types=kinds, auto_decode="transfer", fsspec_args=False)
    for record in _records(path, archive):
        at = record.stream_pos
        if record.record_type == warc.WarcRecordType.metadata:
            if held and record.headers.get("Content-Type") == MEDIA_CLOUD:
                held = _with_metadata(held, record.reader.read(MAX_PAGE_BYTES))
            continue
        if held:
            yield held
        where = f"{path}@{at}"
        if record.record_type == warc.WarcRecordType.revisit:
            held = Row(where, refused=Problem("$.WARC-Type", "response", "revisit"), format="warc")
        else:
            held = _row(where, record)
    if held:
        yield held
    if not _is_whole(path, at):
        raise OSError(f"{path}: cut off after the record at byte {at}")


def _records(path: Path, archive: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from archive
    except OSError as error:
        raise OSError(f"{path}: cut off or damaged: {error}") from None


def _row(where: str, record: Any) -> Row:
    kind = (record.http_content_type or "").lower()
    if kind not in PAGES:
        found = Problem("$.headers.Content-Type", " or ".join(PAGES), kind or "none")
        return Row(where, refused=found, format="warc")
    encoding = (record.http_headers.get("Content-Encoding") or "identity").lower()
    if encoding not in WINDOWS:
        known = Problem("$.headers.Content-Encoding", ", ".join(WINDOWS), encoding)
        return Row(where, refused=known, format="warc")
    body = _decoded(record.reader.read(MAX_PAGE_BYTES + 1), WINDOWS[encoding])
    if len(body) > MAX_PAGE_BYTES:
        return Row(where, refused=Problem("$.content", f"at most {MAX_PAGE_BYTES:,} bytes", "more"), format="warc")
    page = given(
        id=record.record_id,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        charset=record.http_charset,
        http_status=record.http_headers.status_code,
        headers=dict(record.http_headers.asdict()),
        fetched_at=record.headers.get("WARC-Date"),
        crawler="warc",
    )
    return Row(where, page={**page, PAGES[kind]: body}, format="warc")


def _decoded(body: bytes, window: int | None) -> bytes:
    """A body without its compression, up to a byte more than a page may have; what is not compressed as it is."""
    if window is None:
        return body
    try:
        return zlib.decompressobj(wbits=window).decompress(body, MAX_PAGE_BYTES + 1)
    except zlib.error:
        return body  # crawlers unpack a body and leave the header


def _with_metadata(row: Row, metadata: bytes) -> Row:
    """The response with what Media Cloud's indexer says of it."""
    if row.page is None:
        return row
    told = orjson.loads(metadata)
    feed, content = told.get("rss_entry") or {}, told.get("content_metadata") or {}
    hints = given(
        title=content.get("article_title") or feed.get("title"),
        published_at=zoned(content.get("publication_date")),
        language=content.get("language"),
    )
    source = given(domain=content.get("canonical_domain") or feed.get("domain"))
    extra = given(hints=hints, source=source, crawler="media-cloud")
    return Row(row.where, page={**row.page, **extra}, format="media-cloud")


def _is_whole(path: Path, at: int) -> bool:
    """Whether the record at byte ``at`` is the last of the file, and all there."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(at)
        return _is_one_member(file) if packed else _is_one_record(file)


def _is_one_member(file: Any) -> bool:
    unpack = zlib.decompressobj(wbits=31)
    while part := file.read(1 << 16):
        piece = unpack.decompress(part, 1 << 20)
        while unpack.unconsumed_tail and piece:
            piece = unpack.decompress(unpack.unconsumed_tail, 1 << 20)
        if unpack.eof:
            return not unpack.unused_data + file.read(1)
    return unpack.eof


def _is_one_record(file: Any) -> bool:
    length = 0
    for line in iter(file.readline, b"\r\n"):
        if not line:
            return False
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if len(file.read(length)) < length:
        return False
    return not file.read(64).strip()
