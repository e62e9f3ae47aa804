"""An archive that is fed while live news goes on: it changes nothing for what is new."""

from __future__ import annotations

import random
from datetime import timedelta

from copydesk.pipeline.deduplication import Decision, Shard, sketch
from copydesk.pipeline.deduplication.clock import VOTERS
from copydesk.schemas import Article

from .newsroom import article, story

YEAR = 365 * 24 * 60
LIVE, ARCHIVE = "news.raw", "desk.news.raw.backfill"


class Desk:
    """A shard, and the messages that come to it."""

    def __init__(self) -> None:
        self.shard = Shard(window=timedelta(days=7), recent=VOTERS)
        self.writes: list[tuple[bytes, bytes | None]] = []
        self._offset = 0

    def take(self, topic: str, taken: Article) -> Decision:
        self._offset += 1
        decided = self.shard.decide(f"{topic}/0/{self._offset}", sketch(taken))
        self.writes.extend(decided.writes)
        return decided.decision

    def live(self, id: str, seed: int, minutes: float = 0, **fields: object) -> Decision:
        return self.take(LIVE, article(id, story(seed), minutes=minutes, **fields))

    def archived(self, id: str, seed: int, minutes: float = -YEAR, **fields: object) -> Decision:
        return self.take(ARCHIVE, article(id, story(seed), minutes=minutes, **fields))


def test_an_archive_of_a_year_ago_does_not_make_the_shard_forget_today() -> None:
    desk = Desk()
    desk.live("story", 1)
    for n in range(3 * VOTERS):
        desk.archived(f"old{n}", 100 + n)
    assert desk.live("copy", 1, minutes=5).duplicate.cluster_id == "story"


def test_copies_within_an_archive_are_found_whatever_its_order() -> None:
    desk, days = Desk(), list(range(2 * VOTERS))
    random.Random(3).shuffle(days)
    desk.live("today", 999)
    for day in days:
        desk.archived(f"old{day}", day, minutes=-YEAR + day * 24 * 60)
    found = [desk.archived(f"again{day}", day, minutes=-YEAR + day * 24 * 60).duplicate.cluster_id for day in days]
    assert found == [f"old{day}" for day in days]


def test_an_archive_fed_twice_changes_nothing() -> None:
    desk = Desk()
    for n in range(20):
        assert desk.archived(f"old{n}", n).lifecycle == "new"
    for n in range(20):
        again = desk.archived(f"old{n}", n)
        assert (again.lifecycle, again.version) == ("unchanged", 1)


def test_an_older_version_of_a_page_does_not_replace_the_live_one() -> None:
    desk = Desk()
    desk.live("page", 1)
    older = desk.archived("page", 2)
    assert (older.lifecycle, older.version) == ("unchanged", 1)
    assert desk.live("page", 1, minutes=1).lifecycle == "unchanged"


def test_of_copies_the_one_published_first_is_canonical_whichever_lane_came_first() -> None:
    early, late = "2026-03-01T07:00:00Z", "2026-03-01T09:00:00Z"
    desk = Desk()
    desk.live("live", 1, published_at=early)
    archived = desk.archived("old", 1, minutes=-1, published_at=late)
    assert (archived.duplicate.kind, archived.duplicate.canonical_id) == ("exact", "live")
    desk.archived("old 2", 2, minutes=-1, published_at=late)
    assert desk.live("live 2", 2, published_at=early).duplicate.canonical_id == "live 2"


def test_a_rebuilt_shard_goes_on_the_same_with_both_lanes() -> None:
    dice, desk, rebuilt = random.Random(5), Desk(), Desk()

    def message(n: int) -> tuple[str, Article]:
        live, seed = dice.random() < 0.4, dice.randrange(400)
        minutes = n * 40 if live else -dice.randrange(YEAR)
        topic = LIVE if live else ARCHIVE
        return topic, article(f"id{n}", story(seed, 2), minutes=minutes, fetched=dice.random() < 0.9)

    for n in range(600):
        desk.take(*message(n))
    for key, value in desk.writes:
        rebuilt.shard.apply(key, value)
    rebuilt._offset = desk._offset
    assert len(rebuilt.shard) == len(desk.shard) < 600
    for n in range(600, 800):
        topic, taken = message(n)
        assert rebuilt.take(topic, taken) == desk.take(topic, taken)
