from __future__ import annotations

import pytest

from copydesk.pipeline.deduplication import Shard, sketch
from copydesk.schemas.article import Change

from .newsroom import article, story

TEXT = story(7, paragraphs=9)
PARAGRAPHS = TEXT.split("\n")
OTHER = "\n".join(story(8, paragraphs=2).split("\n"))


def changed(id: str, text: str, title: str = "A title", source: str = "two.example") -> tuple[Change, ...]:
    shard = Shard()
    shard.decide("1", sketch(article("a", TEXT)))
    return shard.decide("2", sketch(article(id, text, title, source, minutes=5))).decision.changes


@pytest.mark.parametrize(
    "text, title, what",
    [
        (TEXT, "A title", ()),
        (TEXT, "Another title", ("headline",)),
        ("\n".join(PARAGRAPHS[:6]), "A title", ("cut tail",)),
        ("\n".join(PARAGRAPHS[3:]), "A title", ("cut lead",)),
        (f"{OTHER}\n{TEXT}", "A title", ("added lead",)),
        (f"{TEXT}\n{OTHER}", "Another title", ("headline", "added tail")),
    ],
)
def test_a_copy_says_what_it_changed(text: str, title: str, what: tuple[Change, ...]) -> None:
    assert changed("b", text, title) == what


def test_a_figure_that_is_corrected_is_told() -> None:
    number = next(word for word in PARAGRAPHS[4].split() if word.isdigit())
    assert changed("b", TEXT.replace(f" {number} ", " 1234 ", 1)) == ("figures",)


def test_a_revision_says_what_it_changed() -> None:
    assert changed("a", f"{TEXT}\n{OTHER}", source="one.example") == ("added tail",)


def test_changes_are_the_same_when_read_back_from_the_state() -> None:
    shard, rebuilt = Shard(), Shard()
    shard.decide("1", sketch(article("a", TEXT)))
    decided = shard.decide("2", sketch(article("b", "\n".join(PARAGRAPHS[:6]), "Another title", "two.example")))
    for key, value in decided.writes:
        rebuilt.apply(key, value)
    again = rebuilt.decide("2", sketch(article("b", "whatever", "as it is known", "two.example"))).decision
    assert again == decided.decision
    assert again.changes == ("headline", "cut tail")
