"""schema.org's NewsArticle as JSON-LD.

Reference:
    https://schema.org/NewsArticle
"""

from __future__ import annotations

from typing import Any

from copydesk.schemas import Article


def json_ld(article: Article) -> dict[str, Any]:
    """``article`` as a NewsArticle; what is unknown is left out."""
    view = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{article.id}",
        "url": article.canonical_url or article.url,
        "headline": article.title,
        "description": article.standfirst,
        "articleBody": article.text,
        "wordCount": article.word_count,
        "inLanguage": article.language.code,
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "dateModified": article.modified_at.isoformat() if article.modified_at else None,
        "dateline": article.dateline.text if article.dateline else None,
        "author": [{"@type": "Person", "name": name} for name in article.authors] or None,
        "publisher": _organization(article.source.name or article.source.domain),
        "sourceOrganization": _organization(article.agency.name) if article.agency else None,
        "isBasedOn": _original(article),
        "contentLocation": [_place(place) for place in article.places or ()] or None,
        "keywords": list(article.keywords or ()) or None,
        "version": article.version,
    }
    return {name: value for name, value in view.items() if value is not None}


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "NewsMediaOrganization", "name": name} if name else None


def _original(article: Article) -> str | None:
    duplicate = article.duplicate
    return f"urn:uuid:{duplicate.canonical_id}" if duplicate and duplicate.canonical_id != article.id else None


def _place(place: Any) -> dict[str, Any]:
    geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    found = {"@type": "Place", "name": place.name, "geo": geo}
    return {**found, "address": {"@type": "PostalAddress", "addressCountry": place.country}} if place.country else found
