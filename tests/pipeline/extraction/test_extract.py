"""Extraction as a whole, on pages of its own and, where it is there, on the page the project began with."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.extraction import EmptyPage, ExtractionError, PageTooLarge, extract
from copydesk.schemas import RawArticle, RawReference, encode

SHARED = Path(__file__).parents[4] / "shared"
FETCHED = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)

DUMP = """\
why was my last comment deleted, this site is a joke

Ferry to Saare Island runs again after storm
By Mirela Kask
16:05 May 4, 2026
Share Tweet Email
TALLINN, May 4 (Norpress) -- The ferry to Saare Island left harbour again on Monday after three days of storm.
The captain said that the sea was still rough but safe, and that children had been given the seats by the windows.
view larger image
The ferry Saare Linnu leaves the quay on Monday, May 4, 2026. (No Redistribution) (Norpress)
The ferry Saare Linnu leaves the quay on Monday, May 4, 2026. (No Redistribution) (Norpress)
Bread had run short on the island, and the first ship carried four tonnes of flour, the harbour master said.
Read more: Storm takes roof off school
Back
Top
"""


def dump(text: str | bytes, **fields: object) -> RawArticle:
    content = {"content": text} if isinstance(text, str) else {"content_base64": __import__("base64").b64encode(text)}
    return RawArticle(fetched_at=FETCHED, content_type="text/plain", **content, **fields)  # type: ignore[arg-type]


def test_a_dump_is_read_like_an_editor_would() -> None:
    article = extract(dump(DUMP, url="https://paper.example/ferry?utm_source=x"), RawReference(topic="news.raw"))
    assert article.title == "Ferry to Saare Island runs again after storm"
    assert article.text.count("\n") == 2
    assert article.text.startswith("TALLINN, May 4 (Norpress) -- The ferry")
    assert article.text.endswith("the harbour master said.")
    assert article.authors == ("Mirela Kask",)
    assert article.agency is not None
    assert article.agency.name == "Norpress"
    assert article.dateline is not None
    assert (article.dateline.place, str(article.dateline.date)) == ("TALLINN", "2026-05-04")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-04T16:05:00+03:00"
    assert article.published is not None
    assert (article.published.zone, article.published.precision) == ("inferred", "minute")
    assert len(article.captions) == 1
    assert article.rights == ("No Redistribution",)
    assert article.canonical_url == "https://paper.example/ferry"
    assert article.raw.topic == "news.raw"
    assert {cut.kind for cut in article.removed} >= {"share", "navigation", "related"}


def test_every_line_of_a_dump_is_kept_or_accounted_for() -> None:
    article = extract(dump(DUMP))
    assert article.extraction is not None
    kept = {DUMP[part.start : part.end] for part in article.extraction.kept}
    cut = {line for piece in article.removed for line in piece.text.split("\n")}
    assert {line.strip() for line in DUMP.splitlines() if line.strip()} == kept | cut


def test_what_is_kept_of_a_dump_lies_where_it_says() -> None:
    article = extract(dump(DUMP, url="https://paper.example/ferry"))
    assert article.extraction is not None
    parts: dict[str, list[str]] = {}
    for part in article.extraction.kept:
        parts.setdefault(part.part, []).append(DUMP[part.start : part.end])
    assert "\n".join(parts["body"]) == article.text
    assert parts["headline"] == [article.title]
    assert parts["byline"] == [article.byline]
    assert parts["time"] == ["16:05 May 4, 2026"]
    assert 0 < article.extraction.confidence <= 1


def test_offsets_of_the_dateline_slice_back() -> None:
    article = extract(dump(DUMP))
    assert article.dateline is not None
    assert article.text[article.dateline.start : article.dateline.end] == article.dateline.text


def test_a_text_without_a_url_has_the_same_id_wherever_it_turns_up() -> None:
    assert extract(dump(DUMP)).id == extract(dump(DUMP.replace("Share Tweet Email", "Print"))).id
    assert extract(dump(DUMP)).id != extract(dump(DUMP.replace("four tonnes", "five tonnes"))).id


def test_a_time_after_the_fetch_is_not_believed() -> None:
    assert extract(dump(DUMP.replace("May 4, 2026\nShare", "May 9, 2026\nShare"))).published_at is None


def test_hints_fill_only_what_the_page_does_not_say() -> None:
    untimed = DUMP.partition("\n\n")[2].replace("16:05 May 4, 2026\n", "")
    raw = dump(untimed, hints={"title": "Hint", "published_at": "2026-05-04T10:00:00Z"})
    article = extract(raw)
    assert article.title == "Ferry to Saare Island runs again after storm"
    assert article.published_at == datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "url", ["http://[", "https://[::1", "http://a.example:99999999/x", "http://exa mple/%ff", "x", "//"]
)
@pytest.mark.parametrize("html", [False, True])
def test_an_address_that_is_none_is_no_reason_to_fail(url: str, html: bool) -> None:
    raw = dump(DUMP, url=url)
    if html:
        lines = "".join(f"<p>{line}</p>" for line in DUMP.splitlines())
        raw = raw.model_copy(update={"content": f"<html><body>{lines}</body></html>", "content_type": "text/html"})
    assert extract(raw).text


BAD: list[tuple[str, str | bytes, type[ExtractionError] | None]] = [
    ("empty", "", EmptyPage),
    ("blank", " \n\t\n" * 1000, EmptyPage),
    ("NULs", "\0" * 1000, EmptyPage),
    ("12 MB", "word " * 2_400_000, PageTooLarge),
    ("no UTF-8", DUMP.encode().replace(b"harbour", b"harb\xff\xfeour"), None),
    ("NUL inside", DUMP.replace("harbour", "har\0bour"), None),
    ("a million short lines", "Share\n" * 1_000_000, PageTooLarge),
    ("one line of 5 MB", "word " * 1_000_000, None),
    ("mixed white space", "\n \t" * 300_000, EmptyPage),
    ("dots", "." * 500_000, None),
    ("datelines without end", "SEOUL, " * 50_000 + "-- ", None),
    ("opening parentheses", "(" * 200_000, None),
]


@pytest.mark.parametrize("text, error", [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_page_is_refused_by_name_or_read_clean_and_soon(
    text: str | bytes, error: type[ExtractionError] | None
) -> None:
    began = time.process_time()
    if error is not None:
        with pytest.raises(error):
            extract(dump(text))
    else:
        try:
            article = extract(dump(text))
        except ExtractionError:
            return
        assert "\0" not in article.text
    assert time.process_time() - began < 10  # a hang, not a measurement


@settings(max_examples=50)
@given(st.text(max_size=2000), st.sampled_from(["text/plain", "text/html"]))
def test_whatever_a_page_holds_only_an_extraction_error_comes_out_and_twice_is_the_same(text: str, kind: str) -> None:
    raw = RawArticle.model_construct(content=text, content_base64=None, content_type=kind, fetched_at=FETCHED)
    try:
        article = extract(raw)
    except ExtractionError:
        return
    assert encode(extract(raw)) == encode(article)


@pytest.mark.skipif(not SHARED.exists(), reason="skipped: no ../shared")
def test_the_page_the_project_began_with() -> None:
    expected = json.loads((SHARED / "data/seed/expected.json").read_text())["expect"]
    fetched = datetime(2025, 7, 1, tzinfo=UTC)
    page = (SHARED / "data/seed/page-dump.txt").read_text()
    article = extract(RawArticle(fetched_at=fetched, content_type="text/plain", content=page))
    assert (article.title, article.text) == (expected["title"], expected["text"])
    assert article.dateline is not None
    assert article.agency is not None
    filed = {"place": article.dateline.place, "date": str(article.dateline.date), "agency": article.dateline.agency}
    assert (filed, article.agency.name) == (expected["dateline"], expected["agency"])
    assert article.published_at is not None
    assert article.published is not None
    assert (article.published_at.isoformat(), article.published.zone) == (expected["published_at"], "inferred")
    assert article.language.code == expected["language"]
    assert list(article.captions) == expected["captions"]
    assert list(article.rights) == expected["rights"]
    assert not [phrase for phrase in expected["never_in_text"] if phrase in article.text]


def test_the_time_of_a_change_is_told_apart_from_that_of_publication() -> None:
    article = extract(dump(DUMP.replace("16:05 May 4, 2026", "Published 16:05 May 4, 2026\nUpdated 17:30 May 4, 2026")))
    assert article.published_at is not None
    assert article.modified_at is not None
    assert (article.published_at.hour, article.modified_at.hour) == (16, 17)
    assert article.modified is not None
    assert "17:30" in article.modified.evidence


def test_what_no_reader_sees_is_taken_out_and_counted() -> None:
    article = extract(dump(DUMP.replace("four tonnes", "four\u200b to\u202ennes")))
    assert "four tonnes" in article.text
    assert article.extraction is not None
    assert article.extraction.hidden_characters == 2


@pytest.mark.parametrize(
    ("published", "refused"),
    [("2026-05-04T23:00:00+00:00", ["2026-05-04T23:00:00+00:00"]), ("2026-05-04T18:03:00+00:00", [])],
)
def test_a_page_that_dates_itself_after_its_fetch_is_not_believed_and_says_so(
    published: str, refused: list[str]
) -> None:
    body = "".join(
        f"<p>The ferry left harbour for the {n}th time after {n} days of storm on the island.</p>" for n in range(9)
    )
    html = f'<html><body><article><h1>Ferry runs</h1><time datetime="{published}"></time>{body}</article>'
    raw = RawArticle(fetched_at=FETCHED, content_type="text/html", content=html)
    article = extract(raw, RawReference(topic="news.raw"))
    assert (article.published_at is None) == bool(refused)
    assert [cut.text for cut in article.removed if cut.kind == "published_ahead"] == refused
