"""One shard: the articles of the window, and the decision on the next one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Final

import numpy as np

from pipeline.deduplication.clock import VOTERS, Clock
from pipeline.deduplication.decision import Decided, Decision
from pipeline.deduplication.sketch import Sketch
from pipeline.deduplication.state import SHARE_STEPS, UNKNOWN, Entry, Rank
from schemas import Duplicate

WINDOW: Final = timedelta(days=7)
MAX_ARTICLES: Final = 1_000_000
KEYS: Final = 16
LONGEST_POSTINGS: Final = 24
VERIFIED: Final = 12
LINE_IN_CLUSTERS: Final = 4
CONTAINMENT: Final = 0.35
ANCHORS: Final = 0.60
ANCHORS_NEEDED: Final = 3
ANCHOR_WEIGHT: Final = 0.3


class Shard:
    """The articles one shard has seen in its window, and what it decided on each.

    Args:
        window: how long an article is looked for, by the shard's own clock (``Clock``).
        max_articles: records held at most; the oldest leave first. At least ``clock.VOTERS``.
    """

    def __init__(self, window: timedelta = WINDOW, max_articles: int = MAX_ARTICLES) -> None:
        if max_articles < VOTERS:
            raise ValueError(f"max_articles is {max_articles}, it must be at least {VOTERS}")
        self._window = int(window.total_seconds())
        self._max_articles = max_articles
        self._clock = Clock()
        self._entries: dict[bytes, Entry] = {}
        self._current: dict[str, bytes] = {}
        self._exact: dict[bytes, list[bytes]] = defaultdict(list)
        self._cluster: dict[str, bytes] = {}
        self._postings: dict[int, list[bytes]] = defaultdict(list)
        self._lines: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._entries)

    def decide(self, origin: str, sketch: Sketch) -> Decided:
        """The decision on ``sketch``, which came as the raw message ``origin`` ("topic/partition/offset")."""
        key = origin.encode("utf-8", "surrogatepass")
        if known := self._entries.get(key):
            return Decided(known.decision, ())
        self._clock.tick(sketch.fetched)
        entry = self._judge(sketch)
        self._add(key, entry)
        return Decided(entry.decision, ((key, entry.encode()), *self._expire()))

    def apply(self, key: bytes, value: bytes | None) -> None:
        """Takes a record of the state topic, in the order of that topic.

        Raises:
            ValueError: the record has a format this program does not read.
        """
        if value is None:
            if key in self._entries:
                self._remove(key)
            return
        if key in self._entries:
            return
        entry = Entry.decode(value)
        self._clock.tick(entry.fetched)
        self._add(key, entry)

    def _judge(self, sketch: Sketch) -> Entry:
        entry = self._entry(sketch)
        if earlier := self._entries.get(self._current.get(sketch.id, b"")):
            return self._version(sketch, entry, earlier)
        match, containment, anchors, kind = self._match(entry)
        if match is None:
            return entry
        cluster = match.decision.duplicate.cluster_id
        newest = self._entries[self._cluster[cluster]]
        canonical, rank = (newest.decision.duplicate.canonical_id, newest.rank)
        if _key(entry.rank) < _key(rank):
            canonical, rank = sketch.id, entry.rank
        duplicate = Duplicate(
            kind=kind, cluster_id=cluster, canonical_id=canonical, containment=containment, anchors=anchors
        )
        return replace(
            entry,
            decision=replace(entry.decision, duplicate=duplicate),
            rank=rank,
            counted=match.source != entry.source,
        )

    def _entry(self, sketch: Sketch) -> Entry:
        lines = np.frombuffer(sketch.lines, np.uint32)
        keep = np.array([self._lines[line] < LINE_IN_CLUSTERS for line in lines.tolist()], bool)
        shingles = np.frombuffer(sketch.shingles, np.uint32)
        anchors = np.frombuffer(sketch.anchors, np.uint32)
        if len(keep) and not keep.all() and keep.any():
            shingles = shingles[keep[np.frombuffer(sketch.shingle_lines, np.uint16)]]
            anchors = anchors[keep[np.frombuffer(sketch.anchor_lines, np.uint16)]]
        published = UNKNOWN if sketch.published is None else sketch.published
        return Entry(
            decision=Decision(
                sketch.id, 1, "new", Duplicate(kind="none", cluster_id=sketch.id, canonical_id=sketch.id)
            ),
            clock=self._clock.now,
            fetched=sketch.fetched,
            modified=sketch.modified,
            published=sketch.published,
            source=sketch.source,
            exact=sketch.exact,
            title=sketch.title,
            rank=Rank(not sketch.agency_own, published, -sketch.length),
            stale=False,
            counted=True,
            shingles=shingles.tobytes(),
            anchors=anchors.tobytes(),
            lines=sketch.lines,
        )

    def _version(self, sketch: Sketch, entry: Entry, earlier: Entry) -> Entry:
        decision, rank = earlier.decision, earlier.rank
        duplicate = Duplicate(
            kind="none", cluster_id=decision.duplicate.cluster_id, canonical_id=decision.duplicate.canonical_id
        )
        if (sketch.exact, sketch.title) == (earlier.exact, earlier.title) or (stale := _is_older(entry, earlier)):
            same = (sketch.exact, sketch.title) == (earlier.exact, earlier.title)
            duplicate = (
                duplicate.model_copy(update={"kind": "exact", "containment": 1.0, "anchors": 1.0})
                if same
                else duplicate.model_copy(update={"kind": "near"})
            )
            outcome = Decision(sketch.id, decision.version, "unchanged", duplicate)
            return replace(entry, decision=outcome, rank=rank, stale=not same, counted=False)
        outcome = Decision(sketch.id, decision.version + 1, "revised", duplicate)
        return replace(entry, decision=outcome, rank=rank, counted=False)

    def _match(self, entry: Entry):  # type: ignore[no-untyped-def]
        if same := self._exact.get(entry.exact):
            return self._entries[same[0]], 1.0, 1.0, "exact"
        shared: Counter[bytes] = Counter()
        for key in np.frombuffer(entry.shingles, np.uint32)[:KEYS].tolist():
            shared.update(self._postings.get(key, ())[-LONGEST_POSTINGS:])
        best, best_score, found = None, 0.0, (0.0, 0.0)
        mine, my_anchors = set(_ints(entry.shingles)), set(_ints(entry.anchors))
        for key, _ in shared.most_common(VERIFIED):
            other = self._entries[key]
            theirs, their_anchors = _ints(other.shingles), _ints(other.anchors)
            containment = len(mine.intersection(theirs)) / max(1, min(len(mine), len(theirs)))
            smaller = min(len(my_anchors), len(their_anchors))
            anchors = len(my_anchors.intersection(their_anchors)) / smaller if smaller else 1.0
            if containment >= CONTAINMENT and (smaller < ANCHORS_NEEDED or anchors >= ANCHORS):
                score = containment + ANCHOR_WEIGHT * anchors
                if score > best_score:
                    best, best_score, found = other, score, (containment, anchors)
        return best, *(round(share * SHARE_STEPS) / SHARE_STEPS for share in found), "near"

    def _add(self, key: bytes, entry: Entry) -> None:
        self._entries[key] = entry
        self._cluster[entry.decision.duplicate.cluster_id] = key
        if entry.counted:
            self._lines.update(_ints(entry.lines))
        if entry.stale:
            return
        if (earlier := self._current.get(entry.decision.id)) is not None:
            self._forget(earlier)
        self._current[entry.decision.id] = key
        self._exact[entry.exact].append(key)
        for posting in _ints(entry.shingles)[:KEYS]:
            self._postings[posting].append(key)

    def _forget(self, key: bytes) -> None:
        entry = self._entries[key]
        self._exact[entry.exact].remove(key)
        if not self._exact[entry.exact]:
            del self._exact[entry.exact]
        for posting in _ints(entry.shingles)[:KEYS]:
            self._postings[posting].remove(key)
            if not self._postings[posting]:
                del self._postings[posting]

    def _expire(self) -> list[tuple[bytes, None]]:
        gone = []
        while len(self._entries) > VOTERS:
            key = next(iter(self._entries))
            if (
                len(self._entries) <= self._max_articles
                and abs(self._clock.now - self._entries[key].clock) <= self._window
            ):
                break
            self._remove(key)
            gone.append((key, None))
        return gone

    def _remove(self, key: bytes) -> None:
        entry = self._entries[key]
        if self._current.get(entry.decision.id) == key:
            del self._current[entry.decision.id]
            self._forget(key)
        cluster = entry.decision.duplicate.cluster_id
        if self._cluster.get(cluster) == key:
            del self._cluster[cluster]
        if entry.counted:
            self._lines.subtract(_ints(entry.lines))
            for line in _ints(entry.lines):
                if not self._lines[line]:
                    del self._lines[line]
        del self._entries[key]


def _ints(packed: bytes) -> list[int]:
    return memoryview(packed).cast("I").tolist()


def _key(rank: Rank) -> tuple[bool, int, int]:
    return rank.not_agency_own, rank.published, rank.negative_length


def _is_older(entry: Entry, current: Entry) -> bool:
    for mine, theirs in ((entry.modified, current.modified), (entry.fetched, current.fetched)):
        if mine is not None and theirs is not None and mine != theirs:
            return mine < theirs
    return False
