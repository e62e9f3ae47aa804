"""schema.org's NewsArticle (and its kin) as JSON-LD.

Reference:
    https://schema.org/NewsArticle
"""

from __future__ import annotations

from typing import Any

from copydesk.feeds.printed import given, printed, zoned


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are an article in JSON-LD."""
    kinds = fields.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "BlogPosting")) for kind in kinds)


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The article as our loose shape."""
    about = fields.get("mainEntityOfPage")
    publisher = fields.get("publisher")
    people = fields.get("author") or fields.get("creator") or []
    names = [_name(person) for person in (people if isinstance(people, list) else [people])]
    names = [name for name in names if name]
    title = fields.get("headline") or fields.get("name")
    return given(
        id=fields.get("@id") or fields.get("identifier"),
        url=fields.get("url") or (about.get("@id") if isinstance(about, dict) else about),
        text=printed(title, names, fields.get("datePublished"), fields.get("articleBody")),
        source=given(name=_name(publisher)),
        hints=given(
            title=title, authors=names, published_at=zoned(fields.get("datePublished")),
            language=fields.get("inLanguage"),
        ),
        crawler="json-ld",
    )  # fmt: skip


def _name(one: Any) -> str | None:
    found = one.get("name") if isinstance(one, dict) else one
    return found if isinstance(found, str) else None
