"""Scrapy Cluster's ``crawled_firehose``: a response with its body.

Traps: when an item cannot be serialised it sends the bare words ``json failed to parse`` (refused as no JSON);
``timestamp`` is UTC without saying so; with ``KAFKA_BASE_64_ENCODE`` the body is base64; header values may be lists.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from copydesk.feeds.printed import given


def recognises(fields: dict[str, Any]) -> bool:
    """Whether ``fields`` are a Scrapy Cluster item."""
    return {"crawlid", "appid", "body"} <= fields.keys()


def loose(fields: dict[str, Any]) -> dict[str, Any]:
    """The page as our loose shape."""
    headers = fields.get("response_headers") or {}
    return given(
        id=fields["crawlid"],
        url=fields.get("response_url") or fields.get("url"),
        html=_body(fields["body"]),
        charset=fields.get("encoding"),
        http_status=fields.get("status_code"),
        headers={name: _one(value) for name, value in headers.items()} if isinstance(headers, dict) else headers,
        fetched_at=fields.get("timestamp"),
        crawler=f"scrapy-cluster/{fields['appid']}",
    )


def _body(body: Any) -> Any:
    if not isinstance(body, str) or "<" in body:
        return body
    try:
        page = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return body
    return page if b"<" in page else body  # a word may look like base64


def _one(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
