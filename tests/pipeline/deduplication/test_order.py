"""Nothing but the order within a shard decides: not the partitions of the raw topic, nor workers, nor kills."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.deduplication import Shard, Sketch, settle, sketch
from copydesk.pipeline.deduplication.clock import VOTERS
from copydesk.schemas import Article, Language, encode

from .test_shard import feed

LANGUAGES = ("en", "es", "ko")
UNCOMMITTED = 120
LIMITS = {"window": timedelta(hours=30), "max_articles": 160, "recent": UNCOMMITTED + 10}
Message = tuple[str, Article, Sketch]


def stream(seed: int, count: int, partitions: int) -> list[Message]:
    """Raw messages in the order they are extracted, their origins on so many partitions of the raw topic."""
    dice, offsets, messages = random.Random(seed), [0] * partitions, []
    for article, made in sketched(seed, count):
        partition = dice.randrange(partitions)
        messages.append((f"news.raw/{partition}/{offsets[partition]}", article, made))
        offsets[partition] += 1
    return messages


@cache
def sketched(seed: int, count: int) -> list[tuple[Article, Sketch]]:
    """Articles of the three languages, each id in one of them, with their sketches."""
    found = []
    for article in feed(seed, count):
        code = LANGUAGES[int(article.id.removeprefix("id")) % len(LANGUAGES)]
        found.append((article.model_copy(update={"language": Language(code=code, confidence=1)}), sketch(article)))
    return found


@dataclass
class Log:
    """One shard's input and state topics, and what was sent on, by origin."""

    input: list[Message] = field(default_factory=list)
    acked: int = 0
    committed: int = 0
    state: list[tuple[bytes, bytes | None]] = field(default_factory=list)
    sent: dict[str, set[bytes]] = field(default_factory=dict)

    def work(self, dice: random.Random) -> None:
        """A worker takes the shard over, decides some messages, and dies with some of its sends and acks undone.

        It begins where offsets were committed last, which may be long before what was acked.
        """
        shard = Shard(**LIMITS)
        for key, value in self.state:
            shard.apply(key, value)
        self.acked = self.committed = max(self.committed, self.acked - dice.randint(0, UNCOMMITTED))
        for origin, article, made in self.input[self.acked : self.acked + dice.randint(1, 2 * UNCOMMITTED)]:
            decided = shard.decide(origin, made)
            step = dice.random()  # where the power cut comes
            if step < 0.003:
                return
            self.state.extend(decided.writes)
            if step < 0.006:
                return
            self.sent.setdefault(origin, set()).add(encode(settle(article, decided.decision)))
            if step < 0.009:
                return
            self.acked += 1


def worked(messages: list[Message], workers: int, seed: int) -> list[set[bytes]]:
    """What is sent for each message by ``workers`` that take turns on the shards and are killed."""
    logs = {language: Log() for language in LANGUAGES}
    for message in messages:
        logs[message[1].language.code].input.append(message)
    dice = random.Random(seed)
    while unfinished := [log for log in logs.values() if log.acked < len(log.input)]:
        for log in dice.sample(unfinished, min(workers, len(unfinished))):
            log.work(dice)
    return [logs[article.language.code].sent[origin] for origin, article, _ in messages]


@pytest.mark.parametrize("partitions", [1, 4, 16])
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_decisions_are_the_same_bytes_whatever_the_partitions_and_workers(partitions: int, workers: int) -> None:
    shards = {language: Shard(**LIMITS) for language in LANGUAGES}
    expected = [
        {encode(settle(article, shards[article.language.code].decide(str(n), made).decision))}
        for n, (_, article, made) in enumerate(stream(11, 600, 1))
    ]
    assert worked(stream(11, 600, partitions), workers, seed=partitions * workers) == expected


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_how_the_messages_of_shards_are_mixed_makes_no_difference(seed: int) -> None:
    messages = stream(seed, 120, 1)
    dice = random.Random(seed)
    queues = {language: [m for m in messages if m[1].language.code == language] for language in LANGUAGES}
    turns = [m[1].language.code for m in messages]
    dice.shuffle(turns)
    mixed = [queues[turn].pop(0) for turn in turns]

    def decided(order: list[Message]) -> dict[str, object]:
        shards = {language: Shard(**LIMITS) for language in LANGUAGES}
        return {origin: shards[a.language.code].decide(origin, made).decision for origin, a, made in order}

    assert decided(mixed) == decided(messages)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), hours=st.integers(1, 200))
def test_expiry_frees_what_was_held(seed: int, hours: int) -> None:
    shard = Shard(window=timedelta(hours=hours), max_articles=VOTERS + 50, recent=VOTERS)
    held: dict[bytes, int] = {}
    for origin, _, made in stream(seed, 240, 4):
        for key, value in shard.decide(origin, made).writes:
            if value is None:
                del held[key]
            else:
                held[key] = len(value)
        assert len(shard) == len(held) <= VOTERS + 50
        assert shard.size == sum(held.values())
