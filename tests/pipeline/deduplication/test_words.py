from __future__ import annotations

import pytest

from copydesk.pipeline.deduplication.words import NAME, NUMBER, read


def kinds(text: str) -> list[int]:
    return [int(word) & 3 for word in read(text).hashes]


@pytest.mark.parametrize(
    "text, count",
    [
        ("Oil rose 1,234.5 to 7:30", 5),
        ("COVID19", 2),
        ("co-operate", 2),
        ("3. May", 2),
        ("今日は雨", 4),
        ("ディミトロフが勝った", 5),
        ("हिन्दी समाचार", 2),
        ("a\0b 😀 c", 3),
        ("", 0),
    ],
)
def test_text_has_so_many_words(text: str, count: int) -> None:
    assert len(read(text).hashes) == count


def test_numbers_and_names_are_marked() -> None:
    assert kinds("Orla met 3 men in Ardo at 7:30") == [NAME, 0, NUMBER, 0, 0, NAME, 0, NUMBER]


@pytest.mark.parametrize(
    "one, other", [("Straße Élan", "STRAßE ÉLAN"), ("ｆｕｌｌ width", "full\u00a0width"), ("é", "e\u0301")]
)
def test_case_width_and_composition_make_no_difference(one: str, other: str) -> None:
    assert [h >> 2 for h in read(one).hashes.tolist()] == [h >> 2 for h in read(other).hashes.tolist()]
    assert read(one).exact == read(other).exact


def test_word_has_the_same_hash_wherever_it_stands() -> None:
    hashes = read("ferry " * 300).hashes
    assert len(set(hashes.tolist())) == 1


def test_line_has_the_same_hash_wherever_it_stands() -> None:
    found = read("Read more here\n\nfirst words\n  - Read more here!")
    assert found.lines.tolist() == [0, 0, 0, 1, 1, 2, 2, 2]
    assert found.line_hashes[0] == found.line_hashes[2] != found.line_hashes[1]


def test_script_without_spaces_is_known() -> None:
    assert read("東京は雨、大阪は晴れ").unspaced
    assert not read("Tokyo 東京 is a city of many million people, all told").unspaced
