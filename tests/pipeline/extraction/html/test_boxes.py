from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.html.boxes import boxes
from copydesk.pipeline.extraction.html.markup import read_markup

STORY = "<p>The pier at Saare was shut on Monday after engineers found rust in its beams, the town said.</p>" * 4


def taken(box: str) -> list[str]:
    markup = read_markup(f"<html><body><main><article><div>{STORY}</div>{box}</article></main></body></html>")
    found = boxes(markup, ["body"] * len(markup.blocks), "body")
    return [found[i] for i in sorted(found)]


@pytest.mark.parametrize(
    "box",
    [
        "<details class='CommentBox'><summary>Ivo</summary><p>I have used this pier for years.</p></details>",
        "<div id='comments'><p>Ivo</p><p>I have used this pier for years.</p></div>",
        "<section class='leserkommentare'><p>Ivo</p><p>Ich nutze den Steg seit Jahren.</p></section>",
    ],
)
def test_a_thread_of_comments_is_cut_whole(box: str) -> None:
    assert taken(box) == ["comment", "comment"]


@pytest.mark.parametrize(
    "heading", ["Recommended stories", "Mehr zum Thema", "Lire aussi", "関連記事", "Читайте также"]
)
def test_a_list_of_other_stories_is_cut_with_its_heading(heading: str) -> None:
    box = f"<section><h2>{heading}</h2><ul><li><a href='/a'>Bakery wins a prize for its bread</a></li></ul></section>"
    assert taken(box) == ["related", "related"]


def test_a_section_of_the_story_with_a_link_in_it_stays() -> None:
    assert (
        taken("<section><h2>What comes next</h2><p>The town will <a href='/a'>decide</a> in June.</p></section>") == []
    )


def test_a_box_that_holds_most_of_the_text_is_the_article() -> None:
    markup = read_markup(f"<html><body><div class='comments'>{STORY}</div></body></html>")
    assert boxes(markup, ["body"] * len(markup.blocks), "body") == {}
