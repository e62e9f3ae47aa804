from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction import PageTooLarge
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.text.lines import MAX_LINES, lines_of, split_lines


def test_blank_lines_are_none() -> None:
    assert [line.text for line in split_lines("one\n\n \u200b\n  two  \r\nthree")] == ["one", "two", "three"]


@given(st.text())
def test_offsets_slice_back_to_the_line(text: str) -> None:
    for line in split_lines(text):
        assert clean_text(text[line.start : line.end]) == line.text


def test_a_log_is_refused_not_cut() -> None:
    with pytest.raises(PageTooLarge, match="lines"):
        lines_of("x\n" * (MAX_LINES + 1))
