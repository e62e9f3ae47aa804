from __future__ import annotations

from dataclasses import replace

import pytest
from prometheus_client import REGISTRY

from agents import metrics
from agents.account import Account
from agents.delivery import Settled
from agents.work import Worked

PAGE = Worked(
    article=b"{}", id="a", version=1, url=None, language="en", origin="news.raw/0/1", source="courier.example",
    kind="article", words=300, found=("title", "published_at"), fetched=1_000.0, published=900.0, seconds=0.01,
)  # fmt: skip


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"copydesk_{name}", labels) or 0.0


@pytest.fixture
def account() -> Account:
    for metric in metrics.TABLE:
        if metric._labelnames:
            metric.clear()
    return Account(sources=2)


def test_an_extracted_article_is_counted_by_source_language_and_fields(account: Account) -> None:
    account.note("extract", Settled("extracted", (), PAGE), now=1_010.0)
    assert value("articles_total", source="courier.example", language="en") == 1
    assert value("article_fields_total", source="courier.example", field="title") == 1
    assert value("article_fields_total", source="courier.example", field="authors") == 0
    assert value("articles_dated_ahead_total", source="courier.example") == 0
    assert value("fetched_to_done_seconds_count", outcome="extracted") == 0


def test_an_article_from_the_future_is_counted(account: Account) -> None:
    account.note("extract", Settled("extracted", (), replace(PAGE, published=1_001.0)), now=1_010.0)
    assert value("articles_dated_ahead_total", source="courier.example") == 1


def test_a_copy_is_counted_by_its_source_and_its_age_taken(account: Account) -> None:
    account.note("dedupe", Settled("duplicate_near", (), PAGE, last=True), now=1_010.0)
    assert value("duplicates_total", source="courier.example", kind="near") == 1
    assert value("fetched_to_done_seconds_sum", outcome="duplicate_near") == 10
    assert value("published_to_done_seconds_sum", outcome="duplicate_near") == 110


def test_a_dead_letter_is_counted_by_stage_and_error(account: Account) -> None:
    account.note("extract", Settled("dead_letter", (), error=ValueError("no")), now=1_010.0)
    assert value("dead_letters_total", stage="extract", error="ValueError") == 1


def test_sources_beyond_the_limit_share_a_label(account: Account) -> None:
    for number in range(50):
        account.note("extract", Settled("extracted", (), replace(PAGE, source=f"s{number}.example")), now=1_010.0)
    sources = {sample.labels["source"] for sample in metrics.articles.collect()[0].samples}
    assert sources == {"s0.example", "s1.example", "other"}
    assert value("articles_total", source="other", language="en") == 48
