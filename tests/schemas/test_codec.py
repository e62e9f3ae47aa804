from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.schemas import Article, ContractError, Language, Provenance, RawArticle, decode, encode

GOOD = (
    b'{"url": "https://a.example/1", "fetched_at": "2026-05-01T09:30:00+09:00", '
    b'"content_type": "text/html", "content": "x"}'
)


def problems(value: bytes | None) -> dict[str, str]:
    with pytest.raises(ContractError) as caught:
        decode(RawArticle, value)
    return {problem.path: problem.expected for problem in caught.value.problems}


def test_a_raw_article_is_read_with_its_zone() -> None:
    raw = decode(RawArticle, GOOD)
    assert (raw.page, raw.fetched_at.isoformat()) == ("x", "2026-05-01T09:30:00+09:00")


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"{", b"null", b"[1]", b'"text"', b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_json_object_is_refused_as_a_whole(value: bytes | None) -> None:
    assert list(problems(value)) in (["$"], ["$.fetched_at", "$.content_type"])


def test_every_broken_field_is_named_at_once() -> None:
    found = problems(
        b'{"url": 1, "fetched_at": 1751292131, "content_type": "image/png", "hints": {"authors": ["a", 2]}}'
    )
    assert found.keys() == {"$.url", "$.fetched_at", "$.content_type", "$.hints.authors[1]"}


@pytest.mark.parametrize(
    "fields, path",
    [
        (b'"fetched_at": "2026-05-01T09:30:00"', "$.fetched_at"),
        (b'"http_status": 9e30', "$.http_status"),
        (b'"content_base64": "a*"', "$.content_base64"),
        (b'"lane": "slow"', "$.lane"),
    ],
)
def test_a_field_out_of_range_is_named(fields: bytes, path: str) -> None:
    assert path in problems(GOOD[:-1] + b", " + fields + b"}")


def test_a_page_comes_once() -> None:
    assert problems(GOOD[:-1] + b', "content_base64": "eA=="}') == {"$": "exactly one of content and content_base64"}


def test_an_unknown_field_of_a_newer_feeder_is_passed_over() -> None:
    assert decode(RawArticle, GOOD[:-1] + b', "robots": "noindex"}') == decode(RawArticle, GOOD)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_an_article_comes_back_as_it_was_sent(text: str, captions: list[str]) -> None:
    article = Article(
        id="1",
        language=Language(code="en", confidence=0.5),
        text=text,
        captions=tuple(captions),
        word_count=0,
        provenance=Provenance(pipeline="0", stages={}),
    )
    assert decode(Article, encode(article)) == article
    assert encode(decode(Article, encode(article))) == encode(article)
