from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from copydesk.rows import Row, rows
from schemas import ContractError
from schemas.topics import MAX_PAGE_BYTES

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
    (tmp_path / "page.warc").write_bytes(b"<html>")
    with pytest.raises(OSError, match=r"cut off|WARC"):
        list(rows(tmp_path / "page.warc"))
