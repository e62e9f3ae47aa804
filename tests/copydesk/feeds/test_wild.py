from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.feeding.rows import rows
from copydesk.feeds import scrapy_cluster
from copydesk.feeds.row import Row
from copydesk.feeds.wild.bodies import decoded
from copydesk.feeds.wild.escaped import markup, names, plain

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry>
<title type="html">Snow &amp;amp; ice: what&amp;#8217;s next?</title><link href="https://gazette.example/1"/><id>1</id>
<content type="html">&lt;p&gt;Snow fell.&lt;/p&gt;</content></entry></feed>"""
FEED = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>Snow fell."}]}
PAGE = "<!DOCTYPE html><html><body><p>Snow fell.</p></body></html>"
ROWS = '{"id": "a", "text": "Snow"}\n{"id": "b", "text": "Ice"}\n'


@pytest.mark.parametrize(
    "written",
    [
        "Snow & ice: what’s next?",
        "Snow &amp; ice: what&#8217;s next?",
        "Snow &amp;amp; ice: what&amp;#8217;s <b>next</b>?",
    ],
)
def test_a_title_is_the_same_however_often_it_was_escaped(written: str) -> None:
    assert plain(written) == "Snow & ice: what’s next?"


def test_a_body_that_was_escaped_twice_is_markup_again() -> None:
    assert markup("&lt;p&gt;Snow &amp;amp; ice&lt;/p&gt;") == "<p>Snow &amp; ice</p>"


def test_a_plain_body_is_in_paragraphs() -> None:
    assert markup("Snow fell.\n\n5 < 6 & more") == "<p>Snow fell.</p><p>5 &lt; 6 &amp; more</p>"


@pytest.mark.parametrize(
    "people, found",
    [
        ("desk@gazette.example (Ada Quill)", ["Ada Quill"]),
        ("Ada Quill <desk@gazette.example>", ["Ada Quill"]),
        ("desk@gazette.example", []),
        ("https://gazette.example/people/quill", []),
        ("Ada Quill, Ivo Lind and Mirela Kask", ["Ada Quill", "Ivo Lind", "Mirela Kask"]),
        ("Quill, Ada", ["Quill, Ada"]),
        ("Ada O&amp;#39;Quill; Ivo Lind", ["Ada O'Quill", "Ivo Lind"]),
        ([{"name": "Ada Quill"}, "Ivo Lind", {"email": "x@a.example"}], ["Ada Quill", "Ivo Lind"]),
        (None, []),
    ],
)  # fmt: skip
def test_names_are_read_from_whatever_a_feed_gives_for_authors(people: Any, found: list[str]) -> None:
    assert names(people) == found


@pytest.mark.parametrize(
    "name, data, ids",
    [
        ("feed.jsonl", json.dumps(FEED).encode(), ["1"]),
        ("feed.json", json.dumps(FEED, indent=1).encode("utf-16"), ["1"]),
        ("rows.json", ROWS.encode(), ["a", "b"]),
        ("rows.jsonl", gzip.compress(ROWS.encode(), mtime=0), ["a", "b"]),
        ("rows.jsonl", ROWS.encode("utf-16"), ["a", "b"]),
        ("rows.gz", b"\xef\xbb\xbf" + ROWS.encode(), ["a", "b"]),
        ("feed.txt", ATOM.encode(), ["1"]),
        ("feed.html", ATOM.encode(), ["1"]),
        ("feed.xml", gzip.compress(ATOM.encode(), mtime=0), ["1"]),
        ("page.txt", PAGE.encode(), ["page.txt"]),
    ],
)
def test_a_file_is_told_by_what_is_in_it_not_by_its_name(
    tmp_path: Path, name: str, data: bytes, ids: list[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert [str(row.fields()["id"]) for row in rows(tmp_path / name)] == ids


def test_a_file_packed_in_a_way_that_is_not_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\x28\xb5\x2f\xfd....")
    with pytest.raises(OSError, match="zstd: unpack it first"):
        list(rows(tmp_path / "rows.jsonl"))


@pytest.mark.parametrize(
    "line, text",
    [
        (b'{"text": "Snow \\ud83d fell"}', "Snow  fell"),
        (b'{"text": "Snow \\ud83d\\ude00", "score": NaN}', "Snow 😀"),
        (b'\xef\xbb\xbf{"text": "Snow"}', "Snow"),
        (b'{"text": "caf\xe9 on the quay"}', "café on the quay"),
        (b'{"text": "Snow\tfell"}', "Snow\tfell"),
    ],
)
def test_what_can_be_read_of_a_line_is_read(line: bytes, text: str) -> None:
    assert Row("here:1", line).fields()["text"] == text


@pytest.mark.parametrize("told", ["", "gzip", "br", "utf-8", "gzip, gzip"])
def test_a_body_is_unpacked_by_its_bytes_whatever_the_header_says(told: str) -> None:
    page = PAGE.encode()
    assert decoded(page, told) == page
    assert decoded(gzip.compress(page, mtime=0), told) == page


def test_a_body_in_a_packing_that_is_not_read_is_refused() -> None:
    assert decoded(b"\x8b\x00\x80\x03\x00" * 40, "br") is None


def test_a_word_that_looks_like_base64_is_a_word() -> None:
    item = {"crawlid": "1", "appid": "a", "url": "https://gazette.example", "body": "gone"}
    assert scrapy_cluster.loose(item)["html"] == "gone"
    item["body"] = base64.b64encode(PAGE.encode()).decode()
    assert scrapy_cluster.loose(item)["html"] == PAGE.encode()
