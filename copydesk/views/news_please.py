"""JSON in the shape of news-please, for programs that read its files.

Reference:
    https://github.com/fhamborg/news-please
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from copydesk.schemas import Article


def news_please(article: Article) -> dict[str, Any]:
    """``article`` as news-please writes one: every key is there, times are UTC without saying so."""
    return {
        "authors": list(article.authors),
        "date_download": _time(article.fetched_at),
        "date_modify": _time(article.modified_at),
        "date_publish": _time(article.published_at),
        "description": article.standfirst,
        "filename": f"{article.id}.json",
        "image_url": None,
        "language": article.language.code,
        "localpath": None,
        "maintext": article.text,
        "source_domain": article.source.domain,
        "text": None,  # what news-please itself leaves empty: an older name of maintext
        "title": article.title,
        "title_page": None,
        "title_rss": None,
        "url": article.url,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else None
