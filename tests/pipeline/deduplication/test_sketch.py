from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.deduplication import sketch
from copydesk.pipeline.deduplication.sketch import KEEP_AT_MOST

from .newsroom import article, story

HOSTILE = {
    "empty": "",
    "blank": " \n\t\n ",
    "one word": "word",
    "one sign": "語",
    "punctuation": "... --- !!!",
    "emoji": "😀" * 1000,
    "NUL": "a\0b\0" * 10,
    "combining": "e" + "\u0301" * 5000,
    "surrogate": "a \ud800 b",
    "ten megabytes": "news of the day " * 640_000,
    "one long word": "x" * 1_000_000,
    "lines": "\n" * 200_000 + "end",
    "many lines": "line of words\n" * 70_000,
    "ideographs beyond the basic plane": "𠀀𠀁" * 50,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_has_a_sketch(text: str) -> None:
    made = sketch(article(text=text).model_copy(update={"text": text}))
    assert len(made.shingles) <= 4 * KEEP_AT_MOST


@given(st.text(), st.text())
def test_any_text_has_a_sketch_and_the_same_each_time(text: str, title: str) -> None:
    assert sketch(article(text=text, title=title)) == sketch(article(text=text, title=title))


def test_sketch_travels_between_processes_and_is_small() -> None:
    made = sketch(article(text=story(1, 20)))
    packed = pickle.dumps(made)
    assert pickle.loads(packed) == made
    assert len(packed) < 2500


def test_sample_holds_a_quarter_of_the_shingles_of_a_long_text() -> None:
    words = re.findall(r"\w+", story(1, 60))
    shingles = len(set(zip(words, words[1:], words[2:], strict=False)))
    assert len(sketch(article(text=story(1, 60))).shingles) / 4 == pytest.approx(shingles / 4, rel=0.15)


def test_sample_of_a_part_lies_in_the_sample_of_the_whole() -> None:
    whole = sketch(article(text=story(1, 30)))
    part = sketch(article(text="\n".join(story(1, 30).split("\n")[:20])))
    in_whole = set(memoryview(whole.shingles).cast("I"))
    below = [s for s in memoryview(part.shingles).cast("I") if s <= whole.threshold]
    assert sum(s in in_whole for s in below) >= len(below) - 2
