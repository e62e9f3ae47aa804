from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest

from copydesk.feeding.feeder import SHOWN, Tally, message
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError, RawArticle, decode
from copydesk.schemas.topics import MAX_MESSAGE_BYTES

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_a_row_goes_out_as_a_raw_article_keyed_by_its_url() -> None:
    row = Row("a:1", orjson.dumps({"id": "7", "url": "https://gazette.example/ä", "html": "<p>Snow."}))
    key, value, name = message(row, "backfill", NOW)
    raw = decode(RawArticle, value)
    assert name == "copydesk"
    assert key == "https://gazette.example/ä".encode()
    assert (raw.id, raw.content, raw.fetched_at, raw.lane) == ("7", "<p>Snow.", NOW, "backfill")


def test_a_page_without_url_has_no_key() -> None:
    assert message(Row("a:1", b'{"text": "Snow."}'), "live", NOW)[0] is None


def test_a_page_that_the_topic_would_not_take_is_refused_here() -> None:
    row = Row("a:1", orjson.dumps({"text": "x" * MAX_MESSAGE_BYTES}))
    with pytest.raises(ContractError, match=r"\$: expected at most [\d,]+ bytes"):
        message(row, "live", NOW)


def test_refusals_are_counted_by_reason_and_the_first_are_named() -> None:
    tally = Tally()
    for number in range(SHOWN + 5):
        with pytest.raises(ContractError) as refused:
            message(Row(f"crawl.jsonl:{number}", b'{"html": 17}'), "live", NOW)
        tally.refuse(f"crawl.jsonl:{number}", refused.value)
    assert tally.refused == SHOWN + 5
    assert tally.reasons == {"$.html: expected string": SHOWN + 5}
    assert len(tally.examples) == SHOWN
    assert tally.examples[3] == "crawl.jsonl:3: $.html: expected string, found 17"
