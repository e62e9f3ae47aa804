"""A language of several shards: what meets, what may not, and that the setting is off without being asked for."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.agents.settings import Settings
from copydesk.pipeline.deduplication import Decision, Shard, decide_among, shard_of, sketch
from copydesk.pipeline.deduplication.route import ALONE, door, visit
from copydesk.schemas import Article

from .newsroom import article, story
from .test_shard import feed
from .test_versions import gone

PARTITIONS = 8
LOSS = {2: 0.05, 4: 0.12}  # of pairs of copies; on the development stream .026 and .077 are lost
SPLITS = pytest.mark.parametrize("split", [2, 4])


def decided(articles: Sequence[Article], split: int, shards: list[Shard] | None = None) -> list[Decision]:
    shards = shards or [Shard() for _ in range(PARTITIONS)]
    return [
        decide_among(f"news.raw/0/{n}", sketch(one), one.language.code, shards, split) for n, one in enumerate(articles)
    ]


def test_a_language_has_one_shard_unless_more_are_asked_for() -> None:
    assert Settings().shards_per_language == 1
    assert door("es", "a", PARTITIONS, 1, gone=False) == shard_of("es", PARTITIONS)
    assert visit(sketch(article("a", story(1))), "es", 1, 0, partitions=PARTITIONS, shards=1) == ALONE


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, PARTITIONS))
def test_a_text_and_its_exact_copy_meet(seed: int, split: int) -> None:
    text = story(seed)
    others = [article(f"other{n}", story(seed + n)) for n in range(1, 6)]
    copy = article("b", text.upper().replace(" ", "\u00a0 "), title="Another", source="two.example")
    last = decided([article("a", text), *others, copy], split)[-1]
    assert (last.duplicate.kind, last.duplicate.cluster_id) == ("exact", "a")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, PARTITIONS))
def test_versions_of_an_article_meet_whatever_their_texts(seed: int, split: int) -> None:
    first, second, third = (article("a", story(seed + n), minutes=n) for n in range(3))
    copy = article("b", story(seed), minutes=1, source="two.example")
    corrected = article("b", story(seed + 7), minutes=5, source="two.example")
    decisions = decided([first, copy, second, third, corrected, gone("a", 9), gone("b", 9)], split)
    assert [(d.id, d.lifecycle, d.version) for d in decisions] == [
        ("a", "new", 1), ("b", "new", 1), ("a", "revised", 2), ("a", "revised", 3), ("b", "revised", 2),
        ("a", "withdrawn", 4), ("b", "withdrawn", 3),
    ]  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, PARTITIONS))
def test_every_round_ends_and_a_message_that_comes_again_takes_the_same(seed: int, split: int) -> None:
    articles, shards = feed(seed, 80), [Shard() for _ in range(PARTITIONS)]
    first = decided(articles, split, shards)
    held = [shard.size for shard in shards]
    assert decided(articles, split, shards) == first
    assert [shard.size for shard in shards] == held
    assert not {d.lifecycle for d in first} & {"unknown", "elsewhere"}


@SPLITS
def test_shards_rebuilt_from_their_records_send_on_as_before(split: int) -> None:
    articles = feed(5, 160)
    shards = [Recorded() for _ in range(PARTITIONS)]
    decided(articles[:80], split, list(shards))
    again = []
    for shard in shards:
        again.append(Shard())
        for key, value in shard.writes:
            again[-1].apply(key, value)
    assert decided(articles, split, again) == decided(articles, split, list(shards))


@SPLITS
def test_few_altered_copies_are_lost(split: int) -> None:
    """Each story and three copies of it, cut, and half of them framed."""
    dice, articles = random.Random(3), []
    for n in range(60):
        text = story(n, 8)
        articles.append(article(f"{n}", text))
        for copy, paragraphs in enumerate((7, 5, 4)):
            cut = "\n".join(text.split("\n")[:paragraphs])
            altered = f"{story(1000 + 4 * n + copy, 1)}\n{cut}" if dice.random() < 0.5 else cut
            articles.append(article(f"{n}-{copy}", altered, title="Another", source=f"{copy}.example"))
    dice.shuffle(articles)
    one, several = (clusters(decided(articles, shards)) for shards in (1, split))
    pairs = [(a.id, b.id) for a in articles for b in articles if a.id < b.id and one[a.id] == one[b.id]]
    lost = sum(several[a] != several[b] for a, b in pairs) / len(pairs)
    assert len(pairs) > 300
    assert lost <= LOSS[split]


@SPLITS
def test_the_load_is_shared(split: int) -> None:
    shards = [Shard() for _ in range(PARTITIONS)]
    decided([article(f"a{n}", story(n)) for n in range(200)], split, shards)
    assert sum(1 for shard in shards if len(shard) > 0) == split


def clusters(decisions: Sequence[Decision]) -> dict[str, str]:
    return {decision.id: decision.duplicate.cluster_id for decision in decisions}


class Recorded(Shard):
    """A shard whose records are kept, as its partition of the state topic does."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[tuple[bytes, bytes | None]] = []

    def decide(self, *given: object) -> object:  # type: ignore[override]
        """Decide, and keep what is written."""
        made = super().decide(*given)  # type: ignore[arg-type]
        self.writes.extend(made.writes)
        return made
