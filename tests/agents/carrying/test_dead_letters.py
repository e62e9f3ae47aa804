from __future__ import annotations

import base64
from types import SimpleNamespace
from typing import Any

import pytest

from copydesk.agents.carrying.dead_letters import article_of, dead_letter, loggable
from copydesk.pipeline.extraction import EmptyPage
from copydesk.schemas import ContractError, DeadLetter, decode
from copydesk.schemas.errors import Problem


def message(**changes: Any) -> Any:
    fields = {"topic": "news.raw", "partition": 2, "offset": 40, "key": b"k", "value": b"v", "headers": [("h", b"1")]}
    return SimpleNamespace(**{**fields, **changes})


def letter_of(broken: Any, **options: Any) -> DeadLetter:
    sent = dead_letter(
        broken, ValueError("no headline"), stage="extract", attempts=1, topic="news.deadletter", **options
    )
    return decode(DeadLetter, sent.value)


def test_keeps_the_record_and_where_it_lay() -> None:
    letter = letter_of(message())
    assert (letter.topic, letter.partition, letter.offset) == ("news.raw", 2, 40)
    assert (letter.key, letter.value, letter.headers) == ("k", "v", {"h": "1"})
    assert (letter.error.type, letter.error.message) == ("ValueError", "no headline")


@pytest.mark.parametrize("value", [b"\xff\xfe", b"\x00\xc3", bytes(range(256))])
def test_keeps_bytes_that_are_not_utf8(value: bytes) -> None:
    letter = letter_of(message(value=value))
    assert letter.value_encoding == "base64"
    assert base64.b64decode(letter.value or "") == value


def test_a_tombstone_has_no_value() -> None:
    assert letter_of(message(value=None, key=None)).value is None


def test_without_its_value_it_still_says_where_the_original_lies() -> None:
    letter = letter_of(message(), whole=False)
    assert (letter.value, letter.topic, letter.partition, letter.offset) == (None, "news.raw", 2, 40)


def test_correlates_with_the_raw_message() -> None:
    def correlation(stage: str, broken: Any) -> bytes:
        sent = dead_letter(broken, ValueError(), stage=stage, attempts=1, topic="news.deadletter")
        return dict(sent.headers)["ce_correlationid"]

    of_an_article = message(topic="news.extracted", headers=[("ce_correlationid", b"news.raw/1/7")])
    assert correlation("extract", message()) == b"news.raw/2/40"
    assert correlation("dedupe", of_an_article) == b"news.raw/1/7"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ContractError((Problem("$.title", "a string", "'The ferry sank'"),)), "$.title: expected a string"),
        (EmptyPage("page is empty (https://a.example/)"), "page is empty (https://a.example/)"),
        (ValueError("no headline in 'The ferry sank'"), "its letter says more"),
    ],
)
def test_a_log_never_quotes_the_page(error: Exception, told: str) -> None:
    assert loggable(error) == told


def test_the_article_of_an_event_is_told_by_its_headers_and_a_raw_page_has_none() -> None:
    assert article_of(message(headers=[("ce_id", b"a7.2")])) == {"article": "a7"}
    assert article_of(message(headers=[("ce_id", b"\xff")])) == {}
    assert article_of(message(headers=None)) == {}
