from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction import EmptyPage, NotAnArticle, PageTooLarge
from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.schemas import RawArticle
from copydesk.schemas.topics import MAX_PAGE_BYTES


def page(content: str | bytes, **fields: str) -> RawArticle:
    given = {"content": content} if isinstance(content, str) else {"content_base64": base64.b64encode(content).decode()}
    return RawArticle(fetched_at=datetime(2026, 5, 4, tzinfo=UTC), content_type="text/plain", **given, **fields)


def test_bytes_are_decoded_as_the_server_declared() -> None:
    assert text_of(page("Größe".encode("latin-1"), charset="iso-8859-1")) == "Größe"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (" \0\n", EmptyPage),
        (bytes(range(32)) * 200, NotAnArticle),
        ("€" * (MAX_PAGE_BYTES // 3 + 1), PageTooLarge),
    ],
)
def test_what_is_no_page_of_text_is_refused_by_name(content: str | bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        text_of(page(content))
