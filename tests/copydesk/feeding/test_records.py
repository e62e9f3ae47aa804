from __future__ import annotations

import gzip
import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.feeding.entering import article
from copydesk.feeding.rows import rows
from copydesk.feeds.records import raw_article
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError, Source

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
LINES = b'{"id": "a"}\n\n{"id": "b"}\n'


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    crawl.write_bytes(LINES)
    assert [(row.where, row.fields()) for row in rows(crawl)] == [
        (f"{crawl}:1", {"id": "a"}),
        (f"{crawl}:3", {"id": "b"}),
    ]


def test_gz_is_read_like_plain(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl.gz"
    crawl.write_bytes(gzip.compress(LINES))
    assert [row.fields()["id"] for row in rows(crawl)] == ["a", "b"]


def test_a_dash_is_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES)))
    assert [row.where for row in rows(Path("-"))] == ["-:1", "-:3"]


def test_lines_before_the_damage_of_a_gz_are_read_and_then_it_is_an_input_error(tmp_path: Path) -> None:
    crawl = tmp_path / "cut.jsonl.gz"
    crawl.write_bytes(gzip.compress(b"".join(b'{"id": "%d"}\n' % n for n in range(50_000)))[:-200])
    found = rows(crawl)
    assert next(found).fields() == {"id": "0"}
    with pytest.raises(OSError, match=r"cut\.jsonl\.gz"):
        list(found)


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("text")
    (tmp_path / "a.html").write_text("<p>page")
    (tmp_path / "c.jsonl").write_bytes(LINES)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [Path(row.where).name for row in rows(tmp_path)] == ["a.html", "b.txt", "c.jsonl:1", "c.jsonl:3"]


@pytest.mark.parametrize("line", [b"[1, 2]", b'"text"', b"null", b"{", b"\xff\xfe", b'{"a": 1} {"b": 2}'])
def test_a_line_that_is_no_json_object_is_refused(line: bytes) -> None:
    with pytest.raises(ContractError, match=r"^\$: expected"):
        Row("here:1", line).fields()


def test_a_page_file_was_fetched_when_it_was_last_changed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Snow fell.", encoding="utf-8")
    os.utime(page, (1_750_000_000, 1_750_000_000))
    (row,) = rows(page)
    raw = raw_article(row.fields(), NOW)
    assert (raw.id, raw.content_type, raw.content) == ("page.html", "text/html", "<p>Snow fell.")
    assert raw.fetched_at == datetime.fromtimestamp(1_750_000_000, UTC)


def test_a_page_file_that_is_not_utf_8_is_kept_byte_for_byte(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>caf\xe9")
    (row,) = rows(page)
    assert raw_article(row.fields(), NOW).page == b"<p>caf\xe9"


@pytest.mark.parametrize(
    ("fields", "content_type", "content"),
    [
        ({"id": "1", "html": "<p>a"}, "text/html", "<p>a"),
        ({"id": "1", "text": "a"}, "text/plain", "a"),
        ({"id": "1", "html": None, "text": "a"}, "text/plain", "a"),
        ({"id": "1", "html": "<p>a", "text": "a"}, "text/html", "<p>a"),
        ({"id": "1", "text": ""}, "text/plain", ""),
    ],
)
def test_a_loose_row_is_html_or_text(fields: dict[str, Any], content_type: str, content: str) -> None:
    raw = raw_article(fields, NOW)
    assert (raw.content_type, raw.content, raw.fetched_at) == (content_type, content, NOW)


@pytest.mark.parametrize(
    ("fetched_at", "read"),
    [
        ("2026-05-04 09:30:00", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
        ("2026-05-04T09:30:00+02:00", datetime(2026, 5, 4, 7, 30, tzinfo=UTC)),
        (None, NOW),
    ],
)
def test_a_loose_row_without_zone_is_read_as_utc_and_without_time_as_now(
    fetched_at: str | None, read: datetime
) -> None:
    assert raw_article({"text": "a", "fetched_at": fetched_at}, NOW).fetched_at == read


def test_numbers_are_taken_for_ids_and_strings_for_sources() -> None:
    raw = raw_article({"id": 17, "text": "a", "source": "gazette.example"}, NOW)
    assert (raw.id, raw.source) == ("17", Source(domain="gazette.example"))
    assert raw_article({"text": "a", "source": "The Gazette"}, NOW).source == Source(name="The Gazette")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"html": 17}, r"\$\.html"),
        ({"html": None}, r"\$\.html"),
        ({"html": None, "text": None}, r"\$\.text"),
        ({"text": ["a"]}, r"\$\.text"),
        ({"text": "a", "fetched_at": "yesterday"}, r"\$\.fetched_at"),
        ({"text": "a", "url": ""}, r"\$\.url"),
        ({"url": "https://gazette.example/"}, r"\$\.fetched_at.*\$\.content_type"),
        ({"content_type": "text/html", "content": "a", "fetched_at": "2026-05-04T09:30:00"}, r"\$\.fetched_at"),
    ],
)
def test_a_row_that_breaks_the_contract_is_refused_with_the_field(fields: dict[str, Any], path: str) -> None:
    with pytest.raises(ContractError, match=path):
        raw_article(fields, NOW)


FIELDS = ["id", "url", "html", "text", "fetched_at", "published_at", "source", "language", "hints", "title", "schema"]
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.just("2026-05-04T09:30:00Z")
ROWS = st.dictionaries(
    st.sampled_from(FIELDS),
    VALUES | st.lists(VALUES, max_size=2) | st.dictionaries(st.sampled_from(["name", "domain", "code"]), VALUES),
)


@pytest.mark.parametrize("read", [lambda fields: raw_article(fields, NOW), article])
@given(fields=ROWS)
def test_any_row_becomes_a_record_or_is_refused_by_name(read: Callable[[dict[str, Any]], object], fields: Any) -> None:
    try:
        read(fields)
    except ContractError as error:
        assert all(problem.path.startswith("$") for problem in error.problems)


def test_a_line_without_an_end_is_refused_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.feeding.rows.MAX_LINE_BYTES", 64)
    bomb = tmp_path / "crawl.jsonl.gz"
    bomb.write_bytes(gzip.compress(b'{"id": "a"}\n' + b"x" * 1_000 + b'\n{"id": "b"}\n'))
    first, second, third = rows(bomb)
    assert (first.fields(), third.fields()) == ({"id": "a"}, {"id": "b"})
    with pytest.raises(ContractError, match="at most 64 bytes"):
        second.fields()
