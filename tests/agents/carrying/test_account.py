from __future__ import annotations

import random
from dataclasses import replace

import pytest
from prometheus_client import REGISTRY

from copydesk.agents.carrying.account import LANGUAGES, LANGUAGES_OF_A_SOURCE, Account
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.carrying.work import Worked
from copydesk.agents.dedupe import outcome_of
from copydesk.agents.watching import metrics
from copydesk.pipeline.deduplication import Decision
from copydesk.pipeline.extraction import NotAnArticle
from copydesk.schemas import Duplicate

PAGE = Worked(
    article=b"{}", id="a", version=1, url=None, language="en", origin="news.raw/0/1", source="courier.example",
    kind="article", words=300, found=("title", "published_at"), fetched=1_000.0, published=900.0, ahead=False,
    seconds=0.01,
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
    told = {"source": "courier.example", "language": "en"}
    assert value("article_fields_total", **told, field="title") == 1
    assert value("article_fields_total", **told, field="authors") == 0
    assert value("article_kinds_total", **told, kind="article") == 1
    assert value("article_words_sum", **told) == 300
    assert value("articles_dated_ahead_total", source="courier.example") == 0
    assert value("fetched_to_done_seconds_count", outcome="extracted") == 0


def test_an_article_from_the_future_is_counted(account: Account) -> None:
    account.note("extract", Settled("extracted", (), replace(PAGE, ahead=True)), now=1_010.0)
    assert value("articles_dated_ahead_total", source="courier.example") == 1


def test_a_copy_is_counted_by_its_source_and_its_age_taken(account: Account) -> None:
    account.note("dedupe", Settled("duplicate_near", (), PAGE, last=True), now=1_010.0)
    assert value("articles_decided_total", source="courier.example") == 1
    assert [value("duplicates_total", source="courier.example", kind=kind) for kind in ("near", "exact")] == [1, 0]
    assert value("fetched_to_done_seconds_sum", outcome="duplicate_near") == 10
    assert value("published_to_done_seconds_sum", outcome="duplicate_near") == 110


def test_a_dead_letter_is_counted_by_stage_and_error(account: Account) -> None:
    account.note("extract", Settled("dead_letter", (), error=ValueError("no")), now=1_010.0)
    assert value("dead_letters_total", stage="extract", error="ValueError") == 1


def test_a_page_that_is_no_article_is_counted_by_its_source_and_kind(account: Account) -> None:
    error = NotAnArticle("consent", "the headline says so")
    error.source = "courier.example"
    account.note("extract", Settled("dead_letter", (), error=error), now=1_010.0)
    assert value("pages_refused_total", source="courier.example", kind="consent") == 1
    assert value("dead_letters_total", stage="extract", error="NotAnArticle") == 1


@pytest.mark.parametrize("copied", [False, True])
def test_a_page_fetched_again_unchanged_is_no_copy(account: Account, copied: bool) -> None:
    kind = "near" if copied else "none"
    duplicate = Duplicate(kind=kind, cluster_id="c", canonical_id="c", containment=1.0, anchors=1.0)
    outcome, topic = outcome_of(Decision("a", 1, "unchanged", duplicate), "news.raw/0/1")
    account.note("dedupe", Settled(outcome, (), PAGE, last=True), now=1_010.0)
    assert topic == "duplicates"
    assert value("duplicates_total", source="courier.example", kind="unchanged") == 1
    assert value("duplicates_total", source="courier.example", kind="near") == 0


def test_a_crawl_without_end_of_sources_languages_and_copies_has_few_labels(account: Account) -> None:
    dice = random.Random(7)
    for _ in range(20_000):
        source, language = f"s{dice.randrange(3_000)}.example", f"l{dice.randrange(200)}"
        page = replace(PAGE, source=source, language=language)
        account.note("extract", Settled("extracted", (), page), now=1_010.0)
        account.note("dedupe", Settled("duplicate_near", (), page, last=True), now=1_010.0)
    labels = [sample.labels for metric in metrics.TABLE for family in metric.collect() for sample in family.samples]
    pairs = {(one["source"], one["language"]) for one in labels if "language" in one}
    assert len({one["source"] for one in labels if "source" in one} - {"other"}) <= 2
    assert len(pairs) <= 2 * LANGUAGES_OF_A_SOURCE + LANGUAGES + 3
    assert len(labels) < 25 * len(pairs) + 200


def test_a_language_that_a_source_seldom_has_counts_as_other_once_there_are_too_many(account: Account) -> None:
    for number in range(100):
        page = replace(PAGE, language=f"l{number}")
        account.note("extract", Settled("extracted", (), page), now=1_010.0)
    languages = {sample.labels["language"] for sample in metrics.articles.collect()[0].samples}
    assert len(languages) == LANGUAGES + 1
    assert value("articles_total", source="courier.example", language="other") == 100 - LANGUAGES


@pytest.mark.parametrize(("lane", "topic"), [("raw", "deduplicated"), ("raw.backfill", "deduplicated_backfill")])
def test_what_is_new_goes_on_by_its_own_lane(lane: str, topic: str) -> None:
    duplicate = Duplicate(kind="none", cluster_id="a", canonical_id="a")
    assert outcome_of(Decision("a", 1, "new", duplicate), f"desk.news.{lane}/0/1") == ("new", topic)
