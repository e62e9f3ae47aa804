from __future__ import annotations

from copydesk.pipeline.deduplication import sketch
from copydesk.pipeline.deduplication.likeness import Likeness, Print, likeness

from .newsroom import article, story


def compared(
    one: str, other: str, titles: tuple[str, str] = ("A", "B"), source: str = "two.example"
) -> Likeness | None:
    made = sketch(article("a", one, title=titles[0])), sketch(article("b", other, title=titles[1], source=source))
    return likeness(*(Print(s.shingles, s.threshold, s.anchors, s.source, s.title) for s in made))


def test_text_is_wholly_like_itself() -> None:
    like = compared(story(1), story(1))
    assert like is not None
    assert like.is_copy
    assert (like.containment, like.coverage, like.anchors, like.numbers, like.density) == (1, 1, 1, 1, 1)
    assert like.lead_in < 0.11


def test_stories_of_their_own_share_too_little_to_compare() -> None:
    like = compared(story(1), story(2))
    assert like is None or not like.is_copy


def test_cut_copy_is_contained_and_opens_where_its_original_opens() -> None:
    like = compared(story(1, 12), "\n".join(story(1, 12).split("\n")[:3]))
    assert like is not None
    assert like.is_copy
    assert like.containment > 0.9
    assert like.coverage < 0.4
    assert like.lead_in < 0.2


def test_other_figures_in_the_same_words_contradict() -> None:
    report = (
        "The river stood at {} metres at the old gauge and fell by {} metres in the course of the night.\n"
        "The lower weir held {} metres, which the office called a usual reading for the time of the year.\n"
        "Boats longer than {} metres wait above the lock until the keeper has raised the yellow signal again.\n"
        "A further report follows when the level has changed by more than {} metres or the rain has stopped."
    )
    like = compared(report.format(11, 12, 13, 14, 15), report.format(21, 22, 23, 24, 25))
    assert like is not None
    assert like.containment > 0.5
    assert like.contradiction < -0.5
    assert not like.is_copy


def test_same_title_counts_between_outlets_only() -> None:
    scores = [
        like.score
        for titles, source in ((("A", "B"), "two.example"), (("A", "A"), "two.example"), (("A", "A"), "one.example"))
        if (like := compared(story(1), story(1), titles, source))
    ]
    assert scores[1] > scores[0] == scores[2]
