from __future__ import annotations

import numpy as np
import pytest

from copydesk.pipeline.extraction.html.boxes import boxes
from copydesk.pipeline.extraction.html.markup import read_markup

STORY = "<p>The pier at Saare was shut on Monday after engineers found rust in its beams, the town said.</p>" * 4


def taken(box: str) -> list[str]:
    found = boxes_of(f"<main><article><div>{STORY}</div>{box}</article></main>")
    return [found[i] for i in sorted(found)]


def boxes_of(body: str, titles: list[int] | None = None) -> dict[int, str]:
    """The boxes of a page whose every block looks like one of the body."""
    markup = read_markup(f"<html><body>{body}</body></html>")
    count = len(markup.blocks)
    return boxes(markup, ["body"] * count, "body", np.full(count, 0.9, dtype=np.float32), titles or [])


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


@pytest.mark.parametrize(
    "named", ["comments", "wp-comment-list", "komentarze", "comentarios", "kommentarfelt", "tapahtumat disqus_thread"]
)
def test_a_thread_that_is_longer_than_the_article_is_cut_all_the_same(named: str) -> None:
    thread = "<p>I have used this pier for years, and nobody ever told me of any rust in it at all.</p>" * 30
    found = boxes_of(f"<div>{STORY}</div><div class='{named}'>{thread}</div>")
    assert found == dict.fromkeys(range(4, 34), "comment")


def test_a_question_for_consent_is_cut_whole() -> None:
    asked = "<p>We and our 812 partners store information on your device, such as cookies.</p>" * 20
    found = boxes_of(f"<article>{STORY}</article><div id='onetrust-pc-sdk'>{asked}</div>")
    assert found == dict.fromkeys(range(4, 24), "consent")


def test_what_is_named_a_thread_and_holds_all_of_the_text_is_the_article() -> None:
    assert boxes_of(f"<div class='comments'>{STORY}</div>") == {}


def test_what_is_named_a_thread_and_holds_the_headline_is_the_page() -> None:
    aside = "<p>The forecast for the weekend is dry, with light winds from the west on both days.</p>" * 3
    page = f"<main class='comments-open'><h1>Pier shut after rust is found</h1>{STORY}</main><div>{aside}</div>"
    assert boxes_of(page, titles=[0]) == {}
