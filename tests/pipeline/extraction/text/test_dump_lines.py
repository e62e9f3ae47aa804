from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction import PageTooLarge
from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.text.lines import MAX_LINES, lines_of, split_lines
from schemas import RawArticle


def test_blank_lines_are_none() -> None:
    assert [line.text for line in split_lines("one\n\n \u200b\n  two  \r\nthree")] == ["one", "two", "three"]


@given(st.text())
def test_offsets_slice_back_to_the_line(text: str) -> None:
    for line in split_lines(text):
        assert clean_text(text[line.start : line.end]) == line.text


def test_a_log_is_refused_not_cut() -> None:
    raw = RawArticle(
        fetched_at=datetime(2026, 5, 4, tzinfo=UTC), content_type="text/plain", content="x\n" * (MAX_LINES + 1)
    )
    with pytest.raises(PageTooLarge, match="lines"):
        lines_of(raw)
