from __future__ import annotations

import pytest

from copydesk.pipeline.extraction import extract
from copydesk.schemas import RawArticle

STORY = (
    "The town of Ostrand opened its new pier on Monday, a month before the regatta begins, the harbour office said.",
    "Work on the pier began two years ago, after a storm had torn the old one from its posts in a single night.",
    "It cost nine million crowns, of which the county paid a third, and will be free for all who moor at it.",
)
SUMMARY = "Nine million crowns and two years of work: boats can moor at Ostrand again"


def read(between: str, head: str = "") -> tuple[str | None, str]:
    """Standfirst and text of a page that prints ``between`` between headline and story."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    content = (
        f"<html lang=en><head><title>New pier opens in Ostrand</title>{head}</head><body>"
        "<nav><a href='/'>Home</a></nav>"
        f"<article><header><h1>New pier opens in Ostrand</h1>{between}<p class=byline>By Mara Ellwood</p></header>"
        f"<div class='article-body'>{story}</div></article></body></html>"
    )
    article = extract(
        RawArticle(url=None, fetched_at="2026-05-05T10:00:00Z", content_type="text/html", content=content)
    )
    return article.standfirst, article.text


@pytest.mark.parametrize(
    "between, head",
    [
        (f"<p class='standfirst'>{SUMMARY}</p>", ""),
        (f"<h2>{SUMMARY}</h2>", ""),
        (f"<p>{SUMMARY}</p>", f"<meta name=description content='{SUMMARY}'>"),
    ],
)
def test_what_sums_the_story_up_is_a_field_and_in_the_text(between: str, head: str) -> None:
    standfirst, text = read(between, head)
    assert standfirst == SUMMARY
    assert text == "\n".join((SUMMARY, *STORY))


@pytest.mark.parametrize("between", ["", "<p class='caption'>The new pier on Monday. Photo: Tomas Brenk</p>"])
def test_most_pages_have_none(between: str) -> None:
    standfirst, text = read(between)
    assert standfirst is None
    assert text == "\n".join(STORY)
