from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from copydesk.feeding.rows import rows
from copydesk.feeds import read as read_row
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError
from copydesk.schemas.topics import MAX_PAGE_BYTES

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "feeds" / "gazette.warc"


def record(number: int, http: bytes, kind: str = "response") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-01-09T19:00:00Z\r\n"
        f"WARC-Target-URI: https://gazette.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def response(body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body


def written(path: Path, *records: bytes) -> Path:
    packed = path.suffix == ".gz"
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return path


def reasons(found: list[Row]) -> list[str]:
    told = []
    for row in found:
        try:
            row.fields()
        except ContractError as error:
            told.append(str(error))
    return told


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_responses_are_pages_and_the_rest_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = written(
        tmp_path / name,
        record(1, response(b"<p>One")),
        record(2, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record(3, b"HTTP/1.1 304 Not Modified\r\n\r\n", "revisit"),
        record(4, response(gzip.compress(b"<p>Four"), "Content-Encoding: gzip\r\n")),
    )
    found = list(rows(path))
    assert [row.page["html"] for row in found if row.page] == [b"<p>One", b"<p>Four"]
    assert [told.split(":")[0] for told in reasons(found)] == ["$.headers.Content-Type", "$.WARC-Type"]


def test_a_compression_bomb_is_refused_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (MAX_PAGE_BYTES * 20), 9)
    path = written(tmp_path / "bomb.warc", record(1, response(bomb, "Content-Encoding: gzip\r\n")))
    assert reasons(list(rows(path))) == [f"$.content: expected at most {MAX_PAGE_BYTES:,} bytes, found more"]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_file_that_was_cut_off_ends_in_an_error_behind_its_whole_records(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, *(record(n, response(b"<p>Snow " * 200)) for n in range(20)))
    whole = path.read_bytes()
    for share in (0.3, 0.5, 0.77, 0.999):
        path.write_bytes(whole[: int(len(whole) * share)])
        found = []
        with pytest.raises(OSError, match="cut off"):
            found.extend(rows(path))
    path.write_bytes(whole)
    assert len(list(rows(path))) == 20


def test_what_is_no_warc_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.warc").write_bytes(b"Snow fell.")
    with pytest.raises(OSError, match=r"cut off|WARC"):
        list(rows(tmp_path / "page.warc"))


PLAIN = b"<p>Snow fell on the pass."


@pytest.mark.parametrize(
    ("headers", "body", "read"),
    [
        ("Transfer-Encoding: chunked\r\n", b"8\r\n<p>Snow \r\n5;a=b\r\nfell.\r\n0\r\n\r\n", b"<p>Snow fell."),
        ("Transfer-Encoding: chunked\r\n", b"8\r\n<p>Snow \r\nff\r\nfell", b"<p>Snow fell"),
        ("Transfer-Encoding: chunked\r\n", PLAIN, PLAIN),
        ("Content-Encoding: gzip\r\n", PLAIN, PLAIN),
        ("Content-Encoding: gzip\r\n", gzip.compress(PLAIN * 99)[:-9], PLAIN * 99),
        ("Content-Encoding: deflate\r\n", zlib.compress(PLAIN), PLAIN),
    ],
    ids=["chunked", "trimmed in a chunk", "joined already", "unpacked already", "trimmed in gzip", "deflate"],
)
def test_a_body_is_read_whatever_its_headers_say(tmp_path: Path, headers: str, body: bytes, read: bytes) -> None:
    path = written(tmp_path / "a.warc", record(1, response(body, headers)), record(2, response(PLAIN)))
    assert [row.page["html"] for row in rows(path) if row.page] == [read, PLAIN]


def test_a_trimmed_page_says_so(tmp_path: Path) -> None:
    cut = record(1, response(PLAIN)).replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date")
    [row] = rows(written(tmp_path / "a.warc", cut))
    assert row.page
    assert row.page["headers"]["WARC-Truncated"] == "length"


def test_what_no_page_came_of_is_refused_by_its_status(tmp_path: Path) -> None:
    gone = response(b"<p>Gone").replace(b"200 OK", b"404 Not Found")
    assert reasons(list(rows(written(tmp_path / "a.warc", record(1, gone))))) == [
        "$.http_status: expected 200 to 299, found 404"
    ]


def test_records_without_http_are_pages_by_their_own_type(tmp_path: Path) -> None:
    def bare(kind: str, type: str) -> bytes:
        return record(1, PLAIN, kind).replace(b"application/http; msgtype=response", type.encode())

    path = written(
        tmp_path / "a.warc", bare("conversion", "text/plain"), bare("resource", "text/html; charset=utf-8"),
        bare("resource", "image/png"), bare("request", "application/http"),
    )  # fmt: skip
    found = list(rows(path))
    assert [row.page and row.page.keys() & {"html", "text"} for row in found] == [{"text"}, {"html"}, None]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_crawl_is_gone_on_with_at_a_record_and_when_it_has_grown(tmp_path: Path, name: str) -> None:
    records = [record(n, response(PLAIN)) for n in range(5)]
    path = written(tmp_path / name, *records[:3])
    first = list(rows(path))
    assert [row.page["url"][-1] for row in rows(path, first[0].done) if row.page] == ["1", "2"]
    assert list(rows(path, first[-1].done)) == []
    written(path, *records)
    assert [row.page["url"][-1] for row in rows(path, first[-1].done) if row.page] == ["3", "4"]
    with pytest.raises(OSError, match="another file"):
        list(rows(path, path.stat().st_size + 1))


def test_media_cloud_tells_encoding_and_time_in_its_metadata(tmp_path: Path) -> None:
    told = {"http_metadata": {"encoding": "latin-1"}, "rss_entry": {"pub_date": "Fri, 09 Jan 2026 18:00:00 +0100"}}
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; encoding=latin-1\r\n\r\n<p>Gr\xf6sse"
    metadata = record(2, orjson.dumps(told), "metadata").replace(
        b"application/http; msgtype=response", b"application/x.mediacloud-indexer+json"
    )
    [row] = rows(written(tmp_path / "a.warc", record(1, page), metadata))
    raw, name = read_row(row, datetime(2026, 1, 10, tzinfo=UTC))
    assert (raw.charset, raw.hints.published_at, name) == (
        "latin-1",
        datetime(2026, 1, 9, 17, tzinfo=UTC),
        "media-cloud",
    )
