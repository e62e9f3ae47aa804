"""What becomes of a page that is fetched again: versions, withdrawals, and who is the one to read."""

from __future__ import annotations

from copydesk.pipeline.deduplication import Decision, Shard, sketch
from copydesk.schemas import Agency, Article
from copydesk.schemas.article import Revision

from .newsroom import article, story

TEXT = story(7, 9)
PARAGRAPHS = TEXT.split("\n")


def gone(id: str, minutes: float) -> Article:
    return article(id, "", title=None, minutes=minutes).model_copy(update={"lifecycle": "withdrawn"})


def decide_all(*articles: Article, shard: Shard | None = None) -> list[Decision]:
    shard = shard or Shard()
    return [shard.decide(f"news.raw/0/{n}", sketch(a)).decision for n, a in enumerate(articles)]


def lifecycles(*articles: Article) -> list[tuple[str, int]]:
    return [(decision.lifecycle, decision.version) for decision in decide_all(*articles)]


def test_a_page_that_is_gone_withdraws_its_article_once() -> None:
    assert lifecycles(article("a", TEXT), gone("a", 1), gone("a", 2)) == [
        ("new", 1), ("withdrawn", 2), ("unchanged", 2),
    ]  # fmt: skip


def test_a_page_that_comes_back_is_a_revision() -> None:
    decisions = decide_all(article("a", TEXT), gone("a", 1), article("a", TEXT, minutes=2))
    assert (decisions[-1].lifecycle, decisions[-1].version, decisions[-1].changes) == ("revised", 3, ())
    assert decisions[-1].duplicate.cluster_id == "a"


def test_a_page_that_was_gone_before_it_was_fetched_again_is_not_withdrawn() -> None:
    assert lifecycles(article("a", TEXT, minutes=5), gone("a", 1)) == [("new", 1), ("unchanged", 1)]


def test_a_page_that_is_gone_and_was_never_here_is_unknown_also_when_it_is_read_again_later() -> None:
    shard = Shard()
    first = shard.decide("gone", sketch(gone("a", 1)))
    assert first.decision.lifecycle == "unknown"
    assert decide_all(article("a", TEXT), shard=shard)[0].duplicate.canonical_id == "a"
    assert shard.decide("gone", sketch(gone("a", 1))).decision == first.decision
    assert shard.decide("copy", sketch(article("b", TEXT))).decision.duplicate.cluster_id == "a"


def test_a_text_that_says_it_is_withdrawn_withdraws_the_article() -> None:
    notice = "This article has been withdrawn because its source was not reliable."
    assert lifecycles(article("a", TEXT), article("a", notice, minutes=1)) == [("new", 1), ("withdrawn", 2)]


def test_the_next_of_a_cluster_takes_the_place_of_a_canonical_article_that_is_withdrawn() -> None:
    copy = article("b", TEXT, minutes=2, source="two.example", published_at="2026-03-01T09:00:00Z")
    decisions = decide_all(article("a", TEXT, published_at="2026-03-01T08:00:00Z"), gone("a", 1), copy)
    last = decisions[-1]
    assert (last.promotion, last.duplicate.cluster_id, last.duplicate.canonical_id) == ("withdrawn", "a", "b")


def test_a_revision_tells_how_many_paragraphs_are_new_and_gone() -> None:
    new = [*PARAGRAPHS[:2], "Orla Vance said 12 boats were lost.", *PARAGRAPHS[3:], "Minna Kestrel spoke at 5 p.m."]
    [_, revised] = decide_all(article("a", TEXT), article("a", "\n".join(new), minutes=1))
    assert revised.revision == Revision(paragraphs_added=2, paragraphs_removed=1)


def test_a_revision_tells_that_a_notice_of_correction_was_added_and_tells_it_once() -> None:
    corrected = "Correction: the ferry is the Ardo.\n" + TEXT
    longer = corrected + "\nMinna Kestrel spoke at 5 p.m."
    decisions = decide_all(article("a", TEXT), article("a", corrected, minutes=1), article("a", longer, minutes=2))
    assert ["correction notice" in decision.changes for decision in decisions] == [False, True, False]


def test_an_earlier_publication_and_the_agency_itself_take_the_place_of_the_canonical_article() -> None:
    agency = Agency(name="Norpress", evidence="(Norpress)")
    first = article("a", TEXT, published_at="2026-03-01T12:00:00Z", agency=agency)
    earlier = article("b", TEXT, source="two.example", minutes=1, published_at="2026-03-01T09:00:00Z")
    later = article("c", TEXT, source="three.example", minutes=2, published_at="2026-03-01T10:00:00Z")
    own = article("d", TEXT, source="norpress.example", minutes=3, published_at="2026-03-01T11:00:00Z", agency=agency)
    decisions = decide_all(first, earlier, later, own)
    assert [d.promotion for d in decisions] == [None, "earlier", None, "agency"]
    assert [d.duplicate.canonical_id for d in decisions] == ["a", "b", "b", "d"]
    assert {d.duplicate.cluster_id for d in decisions} == {"a"}


def test_a_copy_that_is_no_better_leaves_the_canonical_article_in_its_place() -> None:
    decisions = decide_all(article("b", TEXT), article("a", TEXT, source="two.example", minutes=1))
    assert (decisions[1].promotion, decisions[1].duplicate.canonical_id) == (None, "b")


def test_what_a_version_changed_is_the_same_when_it_is_read_back() -> None:
    shard, rebuilt = Shard(), Shard()
    pages = [
        article("a", TEXT, published_at="2026-03-01T12:00:00Z"),
        article("a", "Correction: it is 12.\n" + TEXT, minutes=1, published_at="2026-03-01T12:00:00Z"),
        article("b", TEXT, source="two.example", minutes=2, published_at="2026-03-01T10:00:00Z"),
        gone("a", 3),
        gone("x", 4),
    ]
    decided = [shard.decide(str(n), sketch(page)) for n, page in enumerate(pages)]
    for key, value in (write for one in decided for write in one.writes):
        rebuilt.apply(key, value)
    again = [rebuilt.decide(str(n), sketch(pages[0])).decision for n in range(len(pages))]
    assert again == [one.decision for one in decided]
