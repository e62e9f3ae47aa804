from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.text.characters import Characters
from copydesk.pipeline.extraction.text.features import LEXICON_BITS, NAMES, Floats, best_run, features

NO_LEXICON = np.zeros(1 << LEXICON_BITS, dtype=np.float32)


def column(name: str, lines: list[str], url: str | None = None) -> Floats:
    table = features(lines, Characters.of(lines), NO_LEXICON, url)
    return np.asarray(table[:, NAMES.index(name)])


def test_the_address_points_to_the_headline() -> None:
    lines = ["Harbour news", "Café in Ostrand to be closed", "Sport", "It rained."]
    cover = column("slug_cover", lines, "https://paper.example/2026/05/cafe-in-ostrand-to-be-closed.html")
    assert cover.argmax() == 1
    assert cover[1] == 1.0


def test_an_address_without_words_tells_nothing() -> None:
    assert not column("slug_cover", ["One", "Two"], "https://paper.example/?id=17").any()


def test_words_of_the_article_are_told_from_words_of_other_articles() -> None:
    story = [
        "The ferry to Saare runs again after three days of storm, and the harbour is open to ships, it was said."
    ] * 2
    lines = [*story, "Ferry reaches harbour", "Football scores"]
    told = column("vocabulary", lines)
    assert told[2] > told[3]


@pytest.mark.parametrize(
    "worth, run", [([-1, 2, 3, -1, 2, -9, 4], (1, 5)), ([-1, -2], (0, 0)), ([1.0], (0, 1)), ([-1, 5, -1], (1, 2))]
)
def test_the_best_run_is_the_one_that_adds_up_highest(worth: list[float], run: tuple[int, int]) -> None:
    assert best_run(np.array(worth)) == run


@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1), min_size=1),
    st.none() | st.text(max_size=50).map(lambda path: f"https://paper.example/{path}"),
)
@example(["0"], "https://paper.example/\U0001d50d\U0001d54a\U0001d54a")  # letters of no basic plane
def test_every_line_has_a_row_of_numbers(lines: list[str], url: str | None) -> None:
    table = features(lines, Characters.of(lines), NO_LEXICON, url)
    assert table.shape == (len(lines), len(NAMES))
    assert np.isfinite(table).all()
