"""IPTC's ninjs 3.0.

Reference:
    https://iptc.org/std/ninjs/3.0/
"""

from __future__ import annotations

from typing import Any

from copydesk.schemas import Article

KINDS = {"PERSON": "people", "NORP": "people", "ORG": "organisations"}


def ninjs(article: Article) -> dict[str, Any]:
    """``article`` as a ninjs text item; what is unknown is left out."""
    title = [{"role": "main", "value": article.title}] if article.title else []
    view = {
        "uri": f"urn:uuid:{article.id}",
        "standard": {"name": "ninjs", "version": "3.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"},
        "type": "text",
        "pubStatus": "usable",
        "version": str(article.version),
        "firstCreated": article.published_at.isoformat() if article.published_at else None,
        "versionCreated": _version_created(article),
        "language": article.language.code,
        "by": article.byline or " and ".join(article.authors) or None,
        "located": article.dateline.place if article.dateline else None,
        "copyrightNotice": " ".join(article.rights) or None,
        "headlines": title,
        "descriptions": _summary(article),
        "bodies": [{"role": "main", "contentType": "text/plain", "charCount": len(article.text),
                    "wordCount": article.word_count, "value": article.text}],
        "people": _names(article, "people"),
        "organisations": _names(article, "organisations"),
        "places": _places(article),
        "subjects": [{"name": keyword} for keyword in article.keywords or ()],
        "infoSources": _sources(article),
        "altIds": [{"role": "url", "value": article.url}] if article.url else [],
    }  # fmt: skip
    return {name: value for name, value in view.items() if value not in (None, [])}


def _summary(article: Article) -> list[dict[str, str]]:
    summary = article.standfirst
    return [{"role": "summary", "contentType": "text/plain", "value": summary}] if summary else []


def _version_created(article: Article) -> str | None:
    moment = article.modified_at or article.published_at or article.fetched_at
    return moment.isoformat() if moment else None


def _names(article: Article, kind: str) -> list[dict[str, str]]:
    names = (entity.text for entity in article.entities or () if KINDS.get(entity.label) == kind)
    return [{"name": name} for name in dict.fromkeys(names)]


def _places(article: Article) -> list[dict[str, Any]]:
    first = {place.name: place for place in reversed(article.places or ())}
    return [
        {"name": place.name,
         "geoJSON": {"type": "Feature", "properties": {},
                     "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]}}}
        for place in reversed(first.values())
    ]  # fmt: skip


def _sources(article: Article) -> list[dict[str, str]]:
    names = (article.source.name or article.source.domain, article.agency.name if article.agency else None)
    return [{"name": name} for name in names if name]
