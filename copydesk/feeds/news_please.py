"""news-please's articles, as its JSON and as the Scrapy item inside it.

Traps: ``get_serializable_dict`` writes the words "None" for nothing; times have no zone, so that of publication is
printed rather than hinted; the JSON has no HTML, the Scrapy item may bring it in ``spider_response``.
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.printed import given, printed

ITEM = {  # the Scrapy item's names for the JSON's
    "maintext": "article_text",
    "title": "article_title",
    "authors": "article_author",
    "date_publish": "article_publish_date",
    "date_download": "download_date",
    "language": "article_language",
}


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a news-please article or item."""
    return "source_domain" in fields and bool(fields.keys() & {"maintext", "article_text"})


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The article as our loose shape."""
    known = {name: None if value == "None" else value for name, value in fields.items()}
    known |= {ours: known[theirs] for ours, theirs in ITEM.items() if theirs in known}
    authors = known.get("authors") or []
    authors = [authors] if isinstance(authors, str) else authors
    html = known.get("spider_response")
    text = printed(known.get("title"), authors, known.get("date_publish"), known.get("maintext"))
    return given(
        url=known.get("url"),
        html=html if isinstance(html, str) else None,
        text=None if isinstance(html, str) else text,
        fetched_at=known.get("date_download"),
        source={"domain": known["source_domain"]} if known["source_domain"] else None,
        hints=given(title=known.get("title"), authors=authors, language=known.get("language")),
        crawler="news-please",
    )
