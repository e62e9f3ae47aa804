from __future__ import annotations

import pytest

from copydesk.pipeline.extraction import NotAnArticle, extract
from copydesk.schemas import RawArticle

URL = "https://gazette.example/2026/snow?utm_source=feed"


def page(status: int | None, url: str | None = URL) -> RawArticle:
    body = "<p>" + "The council of Port Selwyn voted on Monday to close the harbour for the winter. " * 4 + "</p>"
    html = f"<html><body><article><h1>Snow</h1>{body * 3}</article></body></html>"
    return RawArticle(
        url=url, fetched_at="2026-03-01T09:00:00Z", content_type="text/html", content=html, http_status=status
    )


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_page_that_is_gone_is_the_withdrawal_of_the_article_that_was_there(status: int) -> None:
    there, gone = extract(page(200)), extract(page(status))
    assert (gone.id, gone.canonical_url) == (there.id, there.canonical_url)
    assert (gone.lifecycle, gone.text, gone.kind) == ("withdrawn", "", "gone")


@pytest.mark.parametrize("raw", [page(500), page(403), page(404, url=None)])
def test_a_server_that_fails_or_refuses_withdraws_nothing(raw: RawArticle) -> None:
    with pytest.raises(NotAnArticle):
        extract(raw)
