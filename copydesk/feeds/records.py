"""The fields of a row as a record of the contract."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from copydesk.schemas import ContractError, Problem, RawArticle
from copydesk.schemas.codec import validate


def raw_article(fields: dict[str, Any], now: datetime | None) -> RawArticle:
    """``fields`` as a RawArticle: they are one already, or the loose shape {id, url, html | text, fetched_at?}.

    ``now`` stands in for a ``fetched_at`` that is missing (a page file brings the time it was last changed), which is
    refused without it; one without a zone is read as UTC. A row with both ``html`` and ``text`` is read as HTML.

    Raises:
        ContractError: names every field at fault.
    """
    if "content_type" in fields or not fields.keys() & {"html", "text"}:
        return validate(RawArticle, fields)
    kind = "text" if fields.get("html") is None and "text" in fields else "html"
    content = fields[kind]
    known = {name: fields[name] for name in RawArticle.model_fields.keys() & fields.keys() - {"id", "source"}}
    loose = {
        **known,
        "id": text_or_none(fields.get("id")),
        "source": source_of(fields.get("source")),
        "fetched_at": with_zone(fields.get("fetched_at") or (now and now.isoformat())),
        "content_type": {"html": "text/html", "text": "text/plain"}[kind],
    }
    if isinstance(content, bytes):
        try:
            content = content.decode()
        except UnicodeDecodeError:
            return validate(RawArticle, {**loose, "content_base64": base64.b64encode(content).decode()})
    elif not isinstance(content, str):
        raise ContractError((Problem(f"$.{kind}", "string", ascii(content)[:80]),))
    return validate(RawArticle, {**loose, "content": content})


def source_of(source: Any) -> Any:
    """A source as the contract has it; a bare string is a domain or a name."""
    if not isinstance(source, str):
        return source
    return {"domain" if "." in source and " " not in source else "name": source}


def with_zone(instant: Any) -> Any:
    """An ISO 8601 instant, read as UTC if it names no zone; anything else as it is, for validation to name."""
    if not isinstance(instant, str):
        return instant
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError:
        return instant
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def text_or_none(value: Any) -> str | None:
    """An id as text: crawlers number their pages, too."""
    return None if value is None else str(value)
