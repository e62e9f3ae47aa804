from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.deduplication import Decided, Shard, sketch
from copydesk.pipeline.deduplication.clock import VOTERS
from copydesk.schemas import Article

from .newsroom import article, story


def decide_all(shard: Shard, articles: list[Article]) -> list[Decided]:
    return [shard.decide(f"news.raw/0/{n}", sketch(a)) for n, a in enumerate(articles)]


def rebuilt(decided: list[Decided], **limits: object) -> Shard:
    shard = Shard(**limits)
    for one in decided:
        for key, value in one.writes:
            shard.apply(key, value)
    return shard


def feed(seed: int, count: int) -> list[Article]:
    """A stream with originals, copies, revisions, re-fetches, short texts and pages without a time."""
    dice = random.Random(seed)
    articles: list[Article] = []
    for n in range(count):
        move = dice.random()
        text, id = story(dice.randrange(40), dice.randint(1, 6)), f"id{n}"
        if articles and move < 0.5:
            earlier = dice.choice(articles)
            id = earlier.id if move < 0.3 else id
            text = earlier.text if move < 0.15 else earlier.text + "\n" + story(1000 + n, 1)
        minutes = n * dice.choice((1, 60, 600)) * 3
        articles.append(article(id, text, minutes=minutes, fetched=move < 0.9, source=f"{dice.randrange(3)}.example"))
    return articles


def test_first_article_is_new_and_its_own_cluster() -> None:
    decision = Shard().decide("o", sketch(article("a", story(1)))).decision
    assert (decision.lifecycle, decision.version, decision.duplicate.kind) == ("new", 1, "none")
    assert decision.duplicate.cluster_id == decision.duplicate.canonical_id == "a"


@given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text)))
def test_article_is_its_own_exact_copy(text: str) -> None:
    _, second = decide_all(Shard(), [article("a", text), article("b", text)])
    assert (second.decision.duplicate.kind, second.decision.duplicate.cluster_id) == ("exact", "a")
    assert second.decision.duplicate.containment == second.decision.duplicate.anchors == 1.0


def test_quotes_spaces_and_case_leave_a_copy_exact() -> None:
    text = story(2) + '\n"Fine," said Orla Vance.'
    altered = text.upper().replace('"', "\u201c").replace(" ", "\u00a0 ")
    assert decide_all(Shard(), [article("a", text), article("b", altered)])[1].decision.duplicate.kind == "exact"


@pytest.mark.parametrize(
    "alter",
    [
        pytest.param(lambda text: "\n".join(text.split("\n")[:3]), id="cut tail"),
        pytest.param(lambda text: text + "\n" + story(77, 1), id="added paragraph"),
        pytest.param(lambda text: "Subscribe now for 99 a year!\n" + text, id="page chrome"),
        pytest.param(lambda text: "Correction: an earlier version misnamed the ferry.\n" + text, id="correction"),
        pytest.param(lambda text: text.replace("because", "as"), id="wording"),
    ],
)
def test_altered_copy_joins_the_cluster_of_its_original(alter: object) -> None:
    text = story(3)
    copy = article("b", alter(text), title="Another", source="two.example")  # type: ignore[operator]
    decision = decide_all(Shard(), [article("a", text), copy])[1].decision
    assert (decision.lifecycle, decision.duplicate.kind, decision.duplicate.cluster_id) == ("new", "near", "a")


def test_articles_of_their_own_stay_apart() -> None:
    articles = [article(f"a{n}", story(n)) for n in range(60)]
    assert {d.decision.duplicate.kind for d in decide_all(Shard(), articles)} == {"none"}


def test_reports_from_one_template_stay_apart() -> None:
    def tide_table(day: int) -> str:
        dice = random.Random(day)
        place = dice.choice(("Selwyn", "Ardo", "Ivel", "Brask", "Kestrel", "Halvard"))
        a, b, c, d = (dice.randint(100, 999) / 100 for _ in range(4))
        return (
            f"High water at {place} harbour is expected at {a} metres on the morning of March {day}.\n"
            f"The harbour office recorded {b} metres at the outer gauge and {c} metres at the inner gauge of {place}.\n"
            f"Skippers are asked to keep to the marked channel and to listen for notices on the working frequency.\n"
            f"The next low water follows {d} hours later, with a swell of {dice.randint(2, 99)} centimetres."
        )

    articles = [article(f"t{day}", tide_table(day), title=f"Tides {day}") for day in range(1, 29)]
    kinds = [d.decision.duplicate.kind for d in decide_all(Shard(), articles)]
    assert kinds.count("none") == len(kinds)


def test_digest_of_several_leads_joins_none_of_them() -> None:
    texts = [story(n, 8) for n in range(6)]
    digest = "\n".join(text.split("\n")[0] for text in texts)
    decided = decide_all(Shard(), [*(article(f"a{n}", t) for n, t in enumerate(texts)), article("digest", digest)])
    assert decided[-1].decision.duplicate.kind == "none"


def test_words_that_an_outlet_prints_under_everything_do_not_join_its_articles() -> None:
    chrome = "\n" + story(500, 3)
    articles = [article(f"a{n}", story(n, 5) + chrome) for n in range(12)]
    late = [d.decision.duplicate.kind for d in decide_all(Shard(), articles)[6:]]
    assert late == ["none"] * 6


def test_same_article_with_the_same_text_is_unchanged() -> None:
    _, again = decide_all(Shard(), [article("a", story(1)), article("a", story(1), minutes=9)])
    assert (again.decision.lifecycle, again.decision.version) == ("unchanged", 1)
    assert (again.decision.duplicate.kind, again.decision.duplicate.cluster_id) == ("exact", "a")


def test_same_article_with_another_text_is_revised_and_no_copy_of_itself() -> None:
    texts = (story(1), story(1) + "\nMinna Kestrel spoke at 5 p.m.", story(1) + "\nOrla Vance spoke at 7 p.m.")
    decided = decide_all(Shard(), [article("a", text, minutes=n) for n, text in enumerate(texts)])
    assert [(d.decision.lifecycle, d.decision.version) for d in decided] == [("new", 1), ("revised", 2), ("revised", 3)]
    assert {d.decision.duplicate.kind for d in decided} == {"none"}


def test_new_headline_is_a_revision() -> None:
    decided = decide_all(Shard(), [article("a", story(1)), article("a", story(1), title="Corrected", minutes=1)])
    assert decided[1].decision.lifecycle == "revised"


def test_revision_of_a_copy_stays_in_its_cluster() -> None:
    articles = [
        article("a", story(1)),
        article("b", story(1), minutes=1),
        article("b", story(1) + "\nMinna Kestrel spoke.", minutes=2),
        article("b", story(9), minutes=3),
    ]
    decided = decide_all(Shard(), articles)
    assert [d.decision.duplicate.cluster_id for d in decided] == ["a"] * 4
    assert [d.decision.duplicate.kind for d in decided] == ["none", "exact", "none", "none"]


@pytest.mark.parametrize("field", ["modified_at", "published_at"])
def test_older_version_that_comes_late_replaces_nothing(field: str) -> None:
    newer = article("a", story(2), minutes=1, **{field: "2026-03-01T12:00:00Z"})
    older = article("a", story(1), minutes=2, **{field: "2026-03-01T11:00:00Z"})
    decided = decide_all(Shard(), [newer, older, newer.model_copy(update={"raw": older.raw})])
    assert [(d.decision.lifecycle, d.decision.version) for d in decided] == [
        ("new", 1),
        ("unchanged", 1),
        ("unchanged", 1),
    ]
    assert decided[2].decision.duplicate.kind == "exact"


def test_time_of_fetching_orders_versions_that_state_no_other() -> None:
    decided = decide_all(Shard(), [article("a", story(2), minutes=5), article("a", story(1), minutes=1)])
    assert decided[1].decision.lifecycle == "unchanged"


def test_earlier_publication_becomes_canonical_and_the_cluster_keeps_its_name() -> None:
    late = article("a", story(1), published_at="2026-03-01T12:00:00Z")
    early = article("b", story(1), published_at="2026-03-01T09:00:00Z", minutes=1)
    third = article("c", story(1), published_at="2026-03-01T15:00:00Z", minutes=2)
    decided = decide_all(Shard(), [late, early, third])
    assert [d.decision.duplicate.cluster_id for d in decided] == ["a", "a", "a"]
    assert [d.decision.duplicate.canonical_id for d in decided] == ["a", "b", "b"]


def test_message_decided_before_gets_its_decision_again() -> None:
    shard = Shard()
    articles = [article("a", story(1)), article("a", story(2), minutes=1), article("b", story(2), minutes=2)]
    decided = decide_all(shard, articles)
    again = decide_all(shard, articles)
    assert [d.decision for d in again] == [d.decision for d in decided]
    assert all(d.writes == () for d in again)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_rebuilt_shard_decides_all_that_follows_the_same(seed: int, data: st.DataObject) -> None:
    articles = feed(seed, 140)
    limits = {"window": timedelta(hours=data.draw(st.integers(1, 48))), "max_articles": 110, "recent": VOTERS}
    straight = decide_all(Shard(**limits), articles)
    crash = data.draw(st.integers(0, len(articles)))
    shard = rebuilt(straight[:crash], **limits)
    rest = [shard.decide(f"news.raw/0/{n}", sketch(articles[n])) for n in range(crash, len(articles))]
    assert rest == straight[crash:]


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_shard_rebuilt_from_a_compacted_topic_is_the_same(seed: int) -> None:
    limits = {"window": timedelta(hours=6), "max_articles": 110, "recent": VOTERS}
    articles = feed(seed, 200)
    straight = decide_all(Shard(**limits), articles)
    half = [write for d in straight[:150] for write in d.writes]
    gone = {key for key, value in half if value is None}
    shard = Shard(**limits)
    for key, value in half:
        if key not in gone:
            shard.apply(key, value)
    rest = [shard.decide(f"news.raw/0/{n}", sketch(articles[n])) for n in range(150, 200)]
    assert rest == straight[150:]


def test_state_that_is_ahead_of_the_input_repeats_its_decisions() -> None:
    articles = feed(7, 120)
    straight = decide_all(Shard(), articles)
    shard = rebuilt(straight)
    assert [d.decision for d in decide_all(shard, articles)] == [d.decision for d in straight]


def test_one_value_at_most_is_written_for_a_message() -> None:
    decided = decide_all(Shard(window=timedelta(hours=2), max_articles=VOTERS, recent=VOTERS), feed(3, 300))
    assert all(sum(value is not None for _, value in d.writes) == 1 for d in decided)


def test_what_is_out_of_the_window_leaves_with_a_tombstone() -> None:
    shard = Shard(window=timedelta(days=1), recent=VOTERS)
    old = decide_all(shard, [article(f"old{n}", story(n), minutes=n) for n in range(150)])
    new = [article(f"new{n}", story(1000 + n), minutes=3 * 1440 + n) for n in range(150)]
    writes = [w for n, a in enumerate(new) for w in shard.decide(f"new/{n}", sketch(a)).writes]
    assert {key for key, value in writes if value is None} == {key for d in old for key, _ in d.writes}
    assert len(shard) == 150
    assert (
        shard.decide("x", sketch(article("copy", story(5), minutes=3 * 1440 + 200))).decision.duplicate.kind == "none"
    )


def test_the_newest_stay_however_old_they_are_so_that_a_message_read_again_finds_its_decision() -> None:
    articles = [article(f"a{n}", story(n), minutes=10_000 * n) for n in range(260)]
    shard = Shard(window=timedelta(days=1), recent=200)
    decided = decide_all(shard, articles)
    again = [shard.decide(f"news.raw/0/{n}", sketch(articles[n])) for n in range(60, 260)]
    assert [one.decision for one in again] == [one.decision for one in decided[60:]]
    assert all(not one.writes for one in again)


def test_shard_never_holds_more_than_it_may() -> None:
    shard = Shard(max_articles=VOTERS)
    decide_all(shard, [article(f"a{n}", story(n)) for n in range(2 * VOTERS)])
    assert len(shard) == VOTERS


def test_crawler_with_a_wrong_clock_makes_no_other_article_expire() -> None:
    shard = Shard(window=timedelta(days=1), recent=VOTERS)
    decided = decide_all(shard, [article(f"a{n}", story(n), minutes=n if n % 3 else 10**7) for n in range(300)])
    gone = {int(key.rpartition(b"/")[2]) for d in decided for key, value in d.writes if value is None}
    assert all(n % 3 == 0 for n in gone)


def test_limit_below_the_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="max_articles is 3"):
        Shard(max_articles=3)


def test_state_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 63"):
        Shard().apply(b"news.raw/0/1", b"cccc")


def test_a_shard_knows_the_size_of_what_it_remembers() -> None:
    shard = Shard()
    [decided] = decide_all(shard, feed(1, 1))
    assert shard.size == sum(len(value) for _, value in decided.writes if value)
