"""What crawlers write, as RawArticles: one module a format.

Each format is recognised by the fields that only it has, and turned into the loose shape that
``copydesk.feeds.records.raw_article`` takes: {id, url, html | text, fetched_at, source, hints, …}.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from copydesk.feeds import fundus, json_feed, json_ld, news_please, ninjs, scrapfly, scrapy_cluster, stormcrawler, zyte
from copydesk.feeds.records import raw_article
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError, Problem, RawArticle

Fields = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """A crawler's shape: its name, how it is told from others, and what it is turned into."""

    name: str
    recognises: Callable[[Fields], bool]
    loose: Callable[[Fields], Fields]


OWN = Format("copydesk", lambda _: True, lambda fields: fields)
"""RawArticles, and the loose shape itself: what a Scrapy item can be made to look like."""

FORMATS = {
    known.name: known
    for known in (
        Format("scrapy-cluster", scrapy_cluster.recognises, scrapy_cluster.loose),
        Format("news-please", news_please.recognises, news_please.loose),
        Format("zyte", zyte.recognises, zyte.loose),
        Format("scrapfly", scrapfly.recognises, scrapfly.loose),
        Format("fundus", fundus.recognises, fundus.loose),
        Format("json-feed", json_feed.recognises, json_feed.loose),
        Format("ninjs", ninjs.recognises, ninjs.loose),
        Format("json-ld", json_ld.recognises, json_ld.loose),
        Format("stormcrawler", stormcrawler.recognises, stormcrawler.loose),
        OWN,
    )
}


def format_of(fields: Fields) -> Format:
    """The format that ``fields`` are in: the first that recognises them."""
    return next(known for known in FORMATS.values() if known.recognises(fields))


def read(row: Row, now: datetime | None, chosen: Format | None = None) -> tuple[RawArticle, str]:
    """The page in ``row``, and the name of the format it was in: ``chosen``, else the one recognised.

    Raises:
        ContractError: the row is no page, and why.
    """
    fields = row.fields()
    known = OWN if row.format else chosen or format_of(fields)
    name = row.format or known.name
    try:
        loose = known.loose(fields)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContractError((Problem("$", f"a record of {name}", f"{type(error).__name__}: {error}"[:80]),)) from None
    if known is not OWN and not loose.keys() & {"html", "text"}:
        raise ContractError((Problem("$", f"a record of {name} with a text or a page in it", "neither"),))
    return raw_article(loose, now), name
