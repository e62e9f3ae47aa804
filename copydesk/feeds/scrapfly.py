"""Scrapfly's extracted article: Zyte's in snake case, with the same trap of a time of modification as publication's."""

from __future__ import annotations

from typing import Any

from copydesk.feeds import zyte

NAMES = {
    "headline": "headline",
    "article_body": "articleBody",
    "authors_list": "authorsList",
    "date_published": "datePublished",
    "date_published_raw": "datePublishedRaw",
    "date_modified": "dateModified",
    "canonical_url": "canonicalUrl",
    "url": "url",
    "in_language": "inLanguage",
}


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a Scrapfly article."""
    return {"headline", "article_body"} <= fields.keys()


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The article as our loose shape."""
    renamed = {zytes: fields[theirs] for theirs, zytes in NAMES.items() if theirs in fields}
    return {**zyte.loose(renamed), "crawler": "scrapfly"}
