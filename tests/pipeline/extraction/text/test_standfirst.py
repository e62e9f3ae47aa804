from __future__ import annotations

import numpy as np
import pytest

from copydesk.pipeline.extraction.text.standfirst import find_standfirst

SUMMARY = "Nine million crowns and two years of work: boats can moor at Ostrand again."
PAGE = [
    ("Home", "navigation", 0.0),
    ("New pier opens in Ostrand", "headline", 0.1),
    (SUMMARY, "body", 0.7),
    ("By Mara Ellwood", "byline", 0.1),
    ("4 May 2026, 10:12 CEST", "time", 0.0),
    ("The town of Ostrand opened its new pier on Monday, the harbour office said.", "body", 0.9),
]


def found(page: list[tuple[str, str, float]]) -> int | None:
    texts, labels, chances = zip(*page, strict=True)
    return find_standfirst(texts, labels, np.array(chances, dtype=np.float32))


def test_byline_and_time_set_it_apart_from_the_story() -> None:
    assert found(PAGE) == 2


@pytest.mark.parametrize("left_out", [3, 4])
def test_one_of_them_is_enough(left_out: int) -> None:
    assert found([line for i, line in enumerate(PAGE) if i != left_out]) == 2


def test_what_nothing_sets_apart_is_the_storys_own_first_paragraph() -> None:
    assert found([line for line in PAGE if line[1] not in ("byline", "time")]) is None


@pytest.mark.parametrize(
    "line",
    ["The new pier on Monday. Photo: Tomas Brenk, Ostrand harbour office", "More on this:", "Monday, 4 May 2026"],
)
def test_a_credit_a_heading_or_a_day_is_none(line: str) -> None:
    assert found([(line, "body", 0.7) if text == SUMMARY else (text, *rest) for text, *rest in PAGE]) is None


def test_what_is_surely_not_the_articles_is_none() -> None:
    assert found([(SUMMARY, "body", 0.01) if text == SUMMARY else (text, *rest) for text, *rest in PAGE]) is None
