import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.dump import best_run, label
from pipeline.extraction.dump_lines import chances, features, names

STORY = [
    "The harbour of Ostrand will be dredged next spring, the town council decided on Tuesday after long debate.",
    "Mayor Ilse Varnhagen said the work would cost nine million crowns and would be paid for by the port itself.",
    "Fishermen had asked for a delay until the herring season is over, but the council found no majority for one.",
    "The last time the harbour was dredged was forty years ago, when ships were half as long as they are today.",
]
PAGE = [
    "Home",
    "Sport",
    "Weather",
    "Harbour to be dredged",
    *STORY,
    "Most read",
    "Lottery numbers",
    "Imprint",
    "Contact",
]


def seen(texts: list[str]) -> tuple[list[str], np.ndarray]:
    lines = label(texts)
    return texts, chances(lines, [line.worth for line in lines], best_run(lines))


def test_paragraphs_are_likelier_body_than_the_menus_around_them() -> None:
    texts, chance = seen(PAGE)
    told = [i for i, text in enumerate(texts) if text in STORY]
    rest = [i for i in range(len(texts)) if i not in told]
    assert chance[told].min() > chance[rest].max()


@pytest.mark.parametrize("texts", [["."], ["a"], ["x" * 20_000], ["One line only, and it ends."]])
def test_a_page_of_one_line_has_its_row(texts: list[str]) -> None:
    lines = label(texts)
    assert features(lines, [line.worth for line in lines], best_run(lines)).shape == (1, len(names()))


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1), min_size=1))
def test_every_line_has_a_chance_whatever_it_holds(texts: list[str]) -> None:
    _, chance = seen(texts)
    assert chance.shape == (len(texts),)
    assert np.all((chance >= 0) & (chance <= 1))
