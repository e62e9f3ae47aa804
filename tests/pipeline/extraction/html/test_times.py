from __future__ import annotations

from copydesk.pipeline.extraction import extract
from copydesk.schemas import Article, RawArticle

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The council of Norvik voted on Monday to close the old swing bridge for three weeks while its bearings are "
        "replaced, and to run a free bus round the harbour in the meantime, the mayor said.",
        "About nine hundred people cross the bridge every day, most of them pupils and workers of the cannery, and the "
        "bus will take half an hour longer than the walk that they are used to.",
        "The town has set aside forty thousand crowns for the work, which a firm from the next valley won with the "
        "lowest of four bids, and hopes that it will be done before the herring comes.",
    )
)


def article(head: str = "", foot: str = "", story: str = STORY, url: str = "https://courier.example/a") -> Article:
    html = (
        f'<html lang="en"><head><title>Swing bridge to close</title></head><body><main><article>'
        f"<h1>Swing bridge to close</h1>{head}<div>{story}</div></article>{foot}</main></body></html>"
    )
    return extract(RawArticle(url=url, fetched_at="2026-05-06T12:00:00Z", content_type="text/html", content=html))


def test_a_time_of_a_related_list_is_not_the_articles() -> None:
    time = '<time datetime="2026-04-01">1 April 2026</time>'
    foot = f'<aside class="more"><h3>More</h3><a href="/b">Bakery wins</a> {time}</aside>'
    assert article(foot=foot).published_at is None


def test_a_time_of_a_comment_is_not_the_articles() -> None:
    foot = (
        '<div class="comments"><p class="comment">Nils Aas, May 5, 2026 at 8:00 am</p><p>Good news at last.</p></div>'
    )
    assert article(foot=foot).published_at is None


def test_a_time_of_a_caption_is_not_the_articles() -> None:
    head = "<figure><img src='b.jpg'><figcaption>The bridge on April 2, 2026</figcaption></figure>"
    assert article(head).published_at is None


def test_a_day_in_the_story_is_not_the_articles() -> None:
    story = (
        STORY + "<p>The Bridges Act, signed on August 14, 1935, asks for two keepers. It was amended nine times.</p>"
    )
    assert article(story=story).published_at is None


def test_published_and_updated_on_one_line_are_told_apart() -> None:
    found = article("<p>Published 4 May 2026, 10:00 UTC. Updated 5 May 2026, 11:00 UTC</p>")
    assert (found.published_at.isoformat(), found.modified_at.isoformat()) == (
        "2026-05-04T10:00:00+00:00",
        "2026-05-05T11:00:00+00:00",
    )


def test_the_day_comes_first_on_a_british_site() -> None:
    found = article('<p class="date">05/04/2026</p>', url="https://norvik-courier.co.uk/a")
    assert found.published_at.date().isoformat() == "2026-04-05"


def test_a_time_told_from_the_fetch_has_its_precision() -> None:
    found = article('<p class="date">2 hours ago</p>')
    assert (found.published_at.isoformat(), found.published.precision) == ("2026-05-06T10:00:00+00:00", "hour")
