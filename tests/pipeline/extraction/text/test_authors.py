from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.text.authors import NAMES, choose, features, spans
from copydesk.pipeline.extraction.text.roles import Frame


@pytest.mark.parametrize(
    "line, name",
    [
        ("By Mirela Kask, Harbour Correspondent", "Mirela Kask"),
        ("byMirela Kask", "Mirela Kask"),
        ("Mirela Kask5 hours ago", "Mirela Kask"),
        ("Von Jorun van der Holt, Ostrand", "Jorun van der Holt"),
        ("By Mirela KaskReporter", "Mirela Kask"),
        ("Text: Anna-Liisa O’Brae", "Anna-Liisa O’Brae"),
        ("Von dpa 30.04.2026", "dpa"),
        ("記者 松岡大地", "松岡大地"),
    ],
)
def test_the_name_is_among_those_looked_at(line: str, name: str) -> None:
    assert name in {part.name for part in spans(0, line)}


def test_a_name_does_not_run_over_punctuation() -> None:
    assert "Kask Tamm" not in {part.name for part in spans(0, "By Mirela Kask, Tamm Oru")}


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=300))
def test_a_name_stands_where_it_says(line: str) -> None:
    found = spans(3, line)
    assert all(line[part.start : part.end] == part.name for part in found)


def test_of_overlapping_names_the_likelier_is_taken() -> None:
    found = spans(0, "By Mirela Kask and Jorun Holt")
    chance = np.array([{"Mirela Kask": 0.9, "Mirela": 0.5, "Jorun Holt": 0.8}.get(part.name, 0.0) for part in found])
    assert [part.name for part in choose(found, chance)] == ["Mirela Kask", "Jorun Holt"]


def test_no_names_make_an_empty_table() -> None:
    assert features([], ["text"], np.zeros(1), {}, Frame(0, 0, 1)).shape == (0, len(NAMES))
