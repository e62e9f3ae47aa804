"""What crawlers do that their documentation does not say."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.feeding.rows import rows
from copydesk.feeds import FORMATS, read
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError, RawArticle

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def page(**fields: Any) -> RawArticle:
    return read(Row("a:1", orjson.dumps(fields)), NOW)[0]


def test_scrapy_cluster_says_that_it_failed_in_words_that_are_no_json() -> None:
    with pytest.raises(ContractError, match="expected JSON"):
        read(Row("a:1", b"json failed to parse"), NOW)


def test_scrapy_cluster_may_send_its_body_in_base64() -> None:
    body = base64.b64encode("<p>Schnee fällt".encode("latin-1")).decode()
    raw = page(crawlid="1", appid="a", url="https://a.example/", body=body, encoding="latin-1", status_code=200)
    assert raw.page == "<p>Schnee fällt".encode("latin-1")
    assert raw.charset == "latin-1"


def test_scrapy_clusters_time_without_a_zone_is_utc() -> None:
    raw = page(crawlid="1", appid="a", body="<p>Snow", timestamp="2026-01-09T19:00:00.5")
    assert raw.fetched_at == datetime(2026, 1, 9, 19, 0, 0, 500_000, tzinfo=UTC)


def test_news_please_writes_none_in_letters() -> None:
    raw = page(
        source_domain="a.example", maintext="Snow fell.", title="None", date_publish="None", authors=[], url="None"
    )
    assert raw.content == "Snow fell."
    assert (raw.url, raw.hints.title) == (None, None)


def test_news_pleases_time_without_a_zone_is_printed_not_hinted() -> None:
    raw = page(
        source_domain="a.example", maintext="Snow fell.", date_publish="2026-01-09 17:00:00", url="https://a.example/"
    )
    assert raw.hints.published_at is None
    assert "2026-01-09 17:00:00" in str(raw.content)


@pytest.mark.parametrize(
    "fields",
    [
        {"articleBody": "Snow.", "datePublished": "2026-01-09T17:00:00Z", "dateModified": "2026-01-09T17:00:00Z"},
        {"article_body": "Snow.", "date_published": "2026-01-09T17:00:00Z", "date_modified": "2026-01-09T17:00:00Z"},
    ],
    ids=["zyte", "scrapfly"],
)
def test_a_time_of_modification_that_poses_as_publications_is_no_hint(fields: dict[str, str]) -> None:
    assert page(headline="Snow", url="https://a.example/", **fields).hints.published_at is None


def test_fundus_has_no_url_by_default_and_all_with_its_html() -> None:
    article = {"title": "Snow", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["It fell."]}]}}
    assert page(**article).url is None
    html = {"requested_url": "https://a.example/", "responded_url": "https://a.example/b", "content": "<p>It fell.",
            "crawl_date": "2026-01-09 19:00:00"}  # fmt: skip
    raw = page(**article, html=html)
    assert (raw.url, raw.content_type, raw.content) == ("https://a.example/b", "text/html", "<p>It fell.")


def test_rss_bridge_puts_publication_in_date_modified_and_others_do_not() -> None:
    item = {"url": "https://a.example/", "content_html": "<p>Snow.", "date_modified": "2026-01-09T17:00:00Z"}
    assert page(**item, _rssbridge={}).hints.published_at == datetime(2026, 1, 9, 17, tzinfo=UTC)
    assert page(**item).hints.published_at is None


def test_rss_bridges_feed_is_known_by_its_address_as_most_of_its_items_do_not_say_it(tmp_path: Path) -> None:
    item = {"id": "1", "content_html": "<p>Snow.", "date_modified": "2026-01-09T17:00:00+00:00"}
    feed = {"version": "https://jsonfeed.org/version/1", "items": [item, {**item, "author": {"name": "B"}}]}
    for query, told in (("?action=display&bridge=Gazette&format=Json", True), ("", False)):
        address = f"https://bridge.example/{query}"
        (tmp_path / "feed.json").write_bytes(
            orjson.dumps({**feed, "feed_url": address, "author": {"name": "A"}, "language": "en"})
        )
        pages = [read(row, NOW)[0] for row in rows(tmp_path / "feed.json")]
        assert [raw.hints.published_at is not None for raw in pages] == [told, told]
        assert [(raw.hints.authors, raw.hints.language) for raw in pages] == [(("A",), "en"), (("B",), "en")]


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "Snow", "articleBody": None},
        {"headline": "Snow", "article_body": ""},
        {"source_domain": "a.example", "maintext": "None", "title": "Snow"},
        {"@type": "NewsArticle", "headline": "Snow"},
        {"title": "Snow", "body": {"summary": [], "sections": []}},
        {"uri": "urn:1", "bodies": [], "headlines": [{"value": "Snow"}]},
    ],
    ids=["zyte", "scrapfly", "news-please", "json-ld", "fundus", "ninjs"],
)
def test_a_headline_without_a_text_is_no_page(fields: dict[str, Any]) -> None:
    with pytest.raises(ContractError, match="with a text or a page in it"):
        page(**fields)


def test_ninjs_says_which_headline_is_the_main_one_and_what_the_address_is() -> None:
    raw = page(
        uri="urn:newsml:1",
        headlines=[{"role": "short", "value": "Snow"}, {"role": "main", "value": "Snow closes the pass"}],
        bodies=[{"contentType": "text/plain", "value": "It fell."}],
        altIds=[{"role": "slug", "value": "snow"}, {"role": "url", "value": "https://a.example/snow"}],
    )
    assert (raw.hints.title, raw.url) == ("Snow closes the pass", "https://a.example/snow")


def test_stormcrawlers_java_time_is_printed_not_hinted() -> None:
    raw = page(url="https://a.example/", host="a.example", content="It fell.",
               **{"feed.publishedDate": "Fri Jan 09 18:00:00 CET 2026"})  # fmt: skip
    assert raw.hints.published_at is None
    assert "Fri Jan 09" in str(raw.content)


def test_a_headline_of_a_feed_is_no_markup() -> None:
    raw = page(url="https://a.example/", title="<script>alert(1)</script>", content_html="<p>Snow.")
    assert "<script>" not in str(raw.content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)
NAMES = st.sampled_from(
    ["url", "body", "crawlid", "appid", "maintext", "source_domain", "authors", "headline", "articleBody", "content",
     "article_body", "title", "uri", "bodies", "@type", "articleBody", "content_html", "host", "html", "text", "author",
     "spider_response", "response_headers", "metadata", "sections", "headlines", "publisher", "hints", "source"]
)  # fmt: skip


@given(st.dictionaries(NAMES, JSON | st.just("Article"), max_size=8))
def test_whatever_a_record_holds_it_is_a_page_or_refused_by_name(fields: dict[str, Any]) -> None:
    for format in FORMATS.values():
        try:
            raw, _ = read(Row("a:1", page=fields), NOW, format)
        except ContractError:
            continue
        assert isinstance(raw, RawArticle)
