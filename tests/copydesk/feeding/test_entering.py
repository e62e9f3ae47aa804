from __future__ import annotations

from typing import Any

import pytest

from copydesk.feeding.entering import article
from copydesk.pipeline.extraction import extract
from copydesk.schemas import ContractError, Language, RawArticle, Source

SNOW = "Snow fell on the harbour of Wexcombe on Tuesday for the first time since 1987, and the ferry stayed in."
PAGE = f"""Snow on the harbour
{SNOW}
Children were let out of school at noon, and most of them spent the afternoon on the hill behind the fish market.
The harbour master said that the quay would be salted before the first boats came back in the evening."""


def test_a_text_alone_gets_an_id_and_a_language() -> None:
    made = article({"text": SNOW})
    assert made.language.code == "en"
    assert made.word_count == 20
    assert made.text == SNOW
    assert made.id == article({"text": SNOW.upper()}).id != article({"text": SNOW + " Again."}).id


def test_the_id_of_a_row_is_the_id_of_its_article_and_of_its_raw() -> None:
    made = article({"id": 7, "text": SNOW})
    assert (made.id, made.raw.id) == ("7", "7")


def test_a_page_has_the_same_id_whichever_way_it_came_in() -> None:
    url = "https://gazette.example/snow?utm_source=feed"
    raw = RawArticle(url=url, fetched_at="2026-05-04T09:30:00Z", content_type="text/plain", content=PAGE)
    assert article({"url": url, "text": SNOW}).id == extract(raw).id


@pytest.mark.parametrize(
    ("language", "known"),
    [
        ("de", Language(code="de", confidence=1.0)),
        ({"code": "ko", "confidence": 0.5}, Language(code="ko", confidence=0.5)),
    ],
)
def test_a_given_language_is_believed(language: Any, known: Language) -> None:
    assert article({"text": SNOW, "language": language}).language == known


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("gazette.example", Source(domain="gazette.example")),
        ("The Gazette", Source(name="The Gazette")),
        ({"name": "The Gazette"}, Source(name="The Gazette")),
        (None, Source()),
    ],
)
def test_a_source_is_a_name_a_domain_or_an_object(source: Any, known: Source) -> None:
    assert article({"text": SNOW, "source": source}).source == known


def test_fields_that_are_none_of_ours_are_passed_over() -> None:
    assert article({"text": SNOW, "version": "0.5b1", "entities": "none", "gold": {}}).version == 1


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"id": "1"}, r"\$\.text"),
        ({"text": None}, r"\$\.text"),
        ({"text": SNOW, "published_at": "last week"}, r"\$\.published_at"),
        ({"text": SNOW, "language": {"name": "English"}}, r"\$\.language\.code"),
        ({"schema": "copydesk.article/1", "id": "1"}, r"\$\.text"),
    ],
)
def test_a_row_that_cannot_enter_is_refused_with_the_field(fields: dict[str, Any], path: str) -> None:
    with pytest.raises(ContractError, match=path):
        article(fields)
