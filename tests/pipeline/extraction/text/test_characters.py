from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.text.characters import DIGIT, END, KINDS, QUOTE, UNSPACED, UPPER, Characters

LINES = st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1), min_size=1)


def test_a_line_is_counted_by_kind_of_character() -> None:
    counts = Characters.of(["In 2026 it was over."]).counts[0]
    assert (counts[UPPER], counts[DIGIT], counts[END]) == (1, 4, 1)


def test_first_and_last_characters_tell_their_kind() -> None:
    seen = Characters.of(["“Gone.”", "Gone"])
    assert (seen.first[0], seen.last[0], seen.first[1]) == (QUOTE, QUOTE, UPPER)


@pytest.mark.parametrize(
    "one, other", [("Straße", "STRASSE"), ("Café", "cafe"), ("Ostrand", "OSTRAND"), ("Ёлка", "ёлка")]
)
def test_case_and_accents_make_no_other_word(one: str, other: str) -> None:
    words = Characters.of([one, other]).words
    assert (words[0] == words[1]) == (one != "Straße")  # which is another word in capitals


def test_words_know_their_line() -> None:
    seen = Characters.of(["the boat", "a boat"])
    assert seen.line_of.tolist() == [0, 0, 1, 1]
    assert seen.words[1] == seen.words[3]
    assert seen.words[0] != seen.words[2]


def test_scripts_without_spaces_have_a_word_a_character() -> None:
    seen = Characters.of(["停戦交渉"])
    assert len(seen.words) == 4
    assert seen.counts[0][UNSPACED] == 4


@given(LINES)
def test_every_character_is_counted_once(lines: list[str]) -> None:
    counts = Characters.of(lines).counts
    assert counts.shape == (len(lines), KINDS)
    assert np.array_equal(counts.sum(axis=1), [len(line) + 1 for line in lines])
