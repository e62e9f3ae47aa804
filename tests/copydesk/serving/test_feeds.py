from __future__ import annotations

from xml.etree import ElementTree

import pytest

from copydesk.serving.feeds import address_of, json_feed, rss

EVENT = {
    "id": "a",
    "version": 2,
    "title": "<b>Snow</b> & ice",
    "text": "It fell.",
    "canonical_url": "https://a.example/",
    "published_at": "2026-01-09T17:00:00+00:00",
    "language": {"code": "en"},
    "authors": ["Jonas Brandt"],
}


def test_rss_holds_text_not_markup() -> None:
    [item] = ElementTree.fromstring(rss("All", "http://127.0.0.1/", [EVENT])).iter("item")
    assert item.findtext("title") == "<b>Snow</b> & ice"
    assert item.findtext("guid") == "a.2"
    assert item.findtext("pubDate") == "Fri, 09 Jan 2026 17:00:00 +0000"


def test_json_feed_leaves_out_what_is_unknown() -> None:
    [item] = json_feed("All", "http://127.0.0.1/", [EVENT])["items"]
    assert item["content_text"] == "It fell."
    assert item["authors"] == [{"name": "Jonas Brandt"}]
    assert "date_modified" not in item


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", None])
def test_an_address_that_a_reader_must_not_follow_is_none(url: str | None) -> None:
    assert address_of({"url": url}) is None
