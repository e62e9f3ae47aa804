from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.subscribing.lines import line, line_of

ARTICLE = {
    "id": "1",
    "version": 1,
    "word_count": 3,
    "published_at": "2026-05-04T08:12:00+00:00",
    "source": {"domain": "gazette.example"},
    "language": {"code": "en"},
    "lifecycle": "new",
    "title": "Snow falls",
}


def marked(**fields: Any) -> str:
    return line({**ARTICLE, **fields})


def test_an_article_is_shown_with_time_source_language_and_headline() -> None:
    assert marked().split() == ["2026-05-04T08:12", "gazette.example", "en", "Snow", "falls"]


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"duplicate": {"kind": "exact"}}, " = "),
        ({"duplicate": {"kind": "near"}}, " ≈ "),
        ({"lifecycle": "revised", "version": 2}, " v2 "),
    ],
)
def test_a_copy_and_a_revision_are_marked(fields: dict[str, Any], mark: str) -> None:
    assert mark in marked(**fields)
    assert mark not in marked()


def test_a_dead_letter_says_where_it_lay_and_why_it_failed() -> None:
    letter = {
        "stage": "extract",
        "error": {"type": "EmptyPage", "message": "page holds no text"},
        "topic": "news.raw",
        "partition": 2,
        "offset": 17,
        "failed_at": "2026-05-04T08:12:00+00:00",
    }
    shown = line(letter)
    assert all(part in shown for part in ("extract", "news.raw/2/17", "EmptyPage: page holds no text"))


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[H gone",
        "\x1b]0;title\x07",
        "\x9b31m red",
        "line\nbreak\rback",
        "\u202eright to left",
        "\u2028",
        "\ud83d".encode("utf-8", "replace").decode() + "\b\b",
    ],
)
def test_article_text_cannot_command_the_terminal(hostile: str) -> None:
    shown = marked(title=hostile, source={"domain": hostile}, entities=[{"text": hostile}])
    assert shown.isprintable()


def test_markup_is_text_like_any_other() -> None:
    assert marked(title="[red]alarm[/red] [link=file:///]").endswith("[red]alarm[/red] [link=file:///]")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*ARTICLE, "error", "duplicate", "entities", "topic"]) | st.text(), inner)
    ),
    max_leaves=12,
)


@given(
    JSON.map(orjson.dumps)
    | st.binary()
    | st.builds(
        lambda extra: orjson.dumps({**ARTICLE, **extra}),
        st.dictionaries(st.sampled_from([*ARTICLE, "duplicate", "entities"]), JSON),
    )
)
def test_whatever_a_record_holds_it_is_one_printable_line(value: bytes) -> None:
    assert line_of(value).isprintable()
