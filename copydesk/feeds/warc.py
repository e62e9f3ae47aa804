"""WARC files, as crawlers, CC-NEWS and Media Cloud write them: each response of a page as a row.

fastwarc reads them: in benchmarks/edges/feeding.py it is twice as fast as warcio. No more of a body is read or
unpacked than a page may have: a compression bomb is refused. A file that was cut off ends in an error after its last
whole record; neither library says so by itself.

Traps: crawlers unpack a body and leave the headers that say it is packed; bodies are trimmed, in the middle of a chunk
or of gzip; Media Cloud writes ``encoding=`` for ``charset=``, and the encoding once more in its metadata.

Reference:
    https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import orjson

from copydesk.extra import needs
from copydesk.feeds.printed import given, zoned
from copydesk.feeds.row import Row
from copydesk.feeds.wild.bodies import decoded, is_page, joined
from copydesk.schemas import Problem
from copydesk.schemas.topics import MAX_PAGE_BYTES

PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
UNTOLD = {"", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown", "text", "html"}
MEDIA_CLOUD = "application/x.mediacloud-indexer+json"


def rows(path: Path, done: int = 0) -> Iterator[Row]:
    """The pages in ``path``, .warc or .warc.gz, from byte ``done`` on; responses that are none as refused rows.

    Raises:
        MissingExtra: fastwarc is not installed.
        OSError: the file cannot be read, is no WARC, or was cut off.
    """
    size = path.stat().st_size
    if done > size:
        raise OSError(f"{path}: has {size:,} bytes, of which {done:,} were done: another file?")
    warc = needs("fastwarc.warc")
    kinds = warc.WarcRecordType
    others = (kinds.warcinfo, kinds.request, kinds.unknown)  # the file may end in one
    held: Row | None = None  # a response, until it is known whether its metadata follows
    at = done
    for record in _records(path, done, warc):
        at = record.stream_pos
        if record.record_type in others:
            continue
        if record.record_type == kinds.metadata:
            if held and record.headers.get("Content-Type") == MEDIA_CLOUD:
                held = _with_metadata(held, record.reader.read(MAX_PAGE_BYTES))
            continue
        if held:
            yield replace(held, done=at)
        held = _row(f"{path}@{at}", record, kinds)
    whole = at == size or _is_whole(path, at)
    if held:
        yield replace(held, done=size if whole else at)
    if not whole:
        raise OSError(f"{path}: cut off after the record at byte {at}")


def _records(path: Path, done: int, warc: Any) -> Iterator[Any]:
    with path.open("rb") as file:
        file.seek(done)
        try:
            yield from warc.ArchiveIterator(file, record_types=warc.WarcRecordType.any_type, auto_decode="none")
        except OSError as error:
            raise OSError(f"{path}: cut off or damaged: {error}") from None


def _row(where: str, record: Any, kinds: Any) -> Row:
    def refused(path: str, expected: str, found: str) -> Row:
        return Row(where, refused=Problem(path, expected, found), format="warc")

    if record.record_type in (kinds.revisit, kinds.continuation):
        return refused("$.WARC-Type", "response", record.headers.get("WARC-Type") or "none")
    http = record.http_headers
    if http and http.status_code and not 200 <= http.status_code < 300:
        return refused("$.http_status", "200 to 299", str(http.status_code))
    told = (record.http_content_type if http else record.headers.get("Content-Type")) or ""
    kind = told.partition(";")[0].strip().lower()
    if kind not in PAGES and kind not in UNTOLD:
        return refused("$.headers.Content-Type", " or ".join(PAGES), kind or "none")
    headers = dict(http.asdict()) if http else {}
    body = record.reader.read(MAX_PAGE_BYTES + 1)
    if "chunked" in (_value(headers, "transfer-encoding") or ""):
        body = joined(body)
    body = decoded(body, _value(headers, "content-encoding") or "")
    if body is None:
        return refused(
            "$.headers.Content-Encoding", "identity, gzip, deflate", _value(headers, "content-encoding") or ""
        )
    if kind not in PAGES and not (kind := "text/html" if is_page(body) else ""):
        return refused("$.headers.Content-Type", " or ".join(PAGES), told or "none")
    if len(body) > MAX_PAGE_BYTES:
        return refused("$.content", f"at most {MAX_PAGE_BYTES:,} bytes", "more")
    cut = record.headers.get("WARC-Truncated")
    page = given(
        id=record.record_id,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        charset=record.http_charset if http else "utf-8" if record.record_type == kinds.conversion else None,
        http_status=http.status_code if http else None,
        headers={**headers, "WARC-Truncated": cut} if cut else headers,
        fetched_at=record.headers.get("WARC-Date"),
        crawler="warc",
    )
    return Row(where, page={**page, PAGES[kind]: body}, format="warc")


def _value(headers: dict[str, str], wanted: str) -> str | None:
    return next((value.strip().lower() for name, value in headers.items() if name.lower() == wanted), None)


def _with_metadata(row: Row, metadata: bytes) -> Row:
    """The response with what Media Cloud's indexer says of it."""
    if row.page is None:
        return row
    try:
        told = orjson.loads(metadata)
        feed, content, http = (told.get(part) or {} for part in ("rss_entry", "content_metadata", "http_metadata"))
    except (orjson.JSONDecodeError, AttributeError):
        return row  # the page is there without it
    hints = given(
        title=content.get("article_title") or feed.get("title"),
        published_at=_of_the_feed(feed.get("pub_date")) or zoned(content.get("publication_date")),
        language=content.get("language"),
    )
    source = given(domain=content.get("canonical_domain") or feed.get("domain"))
    extra = given(hints=hints, source=source, charset=http.get("encoding"), crawler="media-cloud")
    return Row(row.where, page={**row.page, **extra}, format="media-cloud")


def _of_the_feed(told: Any) -> str | None:
    """A time as RSS has it (RFC 2822), if it names a zone."""
    try:
        moment = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    return moment.isoformat() if moment.tzinfo else None


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
