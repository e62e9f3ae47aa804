import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.characters.clean_text import (
    clean_text,
    count_hidden,
    fold_space,
    is_clean,
    strip_hidden,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  two\t words \n", "two words"),
        ("mi\u200bnis\u2060ter", "minister"),
        ("Helikopter\u00adlandeplatz", "Helikopterlandeplatz"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\x00b\x1bc\x9f", "abc"),
        ("a\u00a0b\u3000c\u2028d", "a b c d"),
        ("hi\U000e0069\U000e0067", "hi"),
        ("\ud800x\uffff", "x"),
    ],
)
def test_a_reader_sees_the_same_without_hidden_characters(text, clean):
    assert clean_text(text) == clean


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क\u094d\u200dष", "👨\u200d👩\u200d👧"])
def test_joiners_stay_where_they_shape_letters_or_emoji(text):
    assert "\u200c" in clean_text(text) or "\u200d" in clean_text(text)


def test_hidden_characters_are_counted():
    assert count_hidden("a\u200bb\u202ec\u00ad") == 3


def test_a_pile_of_combining_marks_is_cut_short():
    piled = "a" + "\u0316\u0301" * 50_000
    assert len(strip_hidden(piled)) <= 9


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text())
def test_clean_text_is_one_composed_line_of_utf8(text):
    clean = clean_text(text)
    assert clean == unicodedata.normalize("NFC", clean)
    assert not set(clean) & set("\n\r\t\0\u200b\u202e\ufeff")
    clean.encode()


@given(st.text())
def test_clean_text_has_only_its_white_space_folded(text: str) -> None:
    if is_clean(text):
        assert clean_text(text) == fold_space(text)
