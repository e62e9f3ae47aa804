"""One shard: the articles of its window, and the decision on the next one."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import timedelta
from itertools import compress
from operator import not_
from typing import Final

from copydesk.pipeline.deduplication.changes import changes, revision
from copydesk.pipeline.deduplication.clock import VOTERS, Clock
from copydesk.pipeline.deduplication.decision import Decided, Decision, of_archive
from copydesk.pipeline.deduplication.likeness import Likeness, Print, likeness
from copydesk.pipeline.deduplication.route import ALONE, Visit
from copydesk.pipeline.deduplication.shelf import Shelf
from copydesk.pipeline.deduplication.sketch import Sketch
from copydesk.pipeline.deduplication.state import CORRECTED, COUNTED, ECHO, UNKNOWN, Entry, Rank, known, pack, to_places
from copydesk.schemas import Duplicate
from copydesk.schemas.article import Change
from copydesk.schemas.cluster import Promotion

WINDOW: Final = timedelta(days=7)
MAX_ARTICLES: Final = 1_000_000
RECENT: Final = 1_000  # more than can be acked and yet be read again: offsets are committed twice a second
COMPARED: Final = 8  # likely originals that are compared in full
SURE: Final = 7.0  # log-odds at which no better original is looked for
COMMON_LINE: Final = 4  # stories with the same line: it is page chrome, or of a template
WITHDRAWN: Final = Rank(True, UNKNOWN, 0)  # of a canonical article that was: the next of its cluster takes its place
LEAST_SHINGLES: Final = 8  # left when common lines are dropped, or none is


class Shard:
    """The articles one shard has seen in its window, and what it decided on each.

    Decisions depend on nothing but the messages and their order. After a crash the records of the state topic, applied
    in order to a new shard, give one that decides all that follows the same, byte for byte.

    An archive's pages count as come now, whenever they were fetched: a year-old page must not turn the clock back, and
    with it make the shard forget what is new.

    Args:
        window: how long an article is looked for, by the shard's own clock (``Clock``).
        max_articles: records held at most, the oldest leave first; at least ``clock.VOTERS``.
        recent: the newest records, which stay however old they are: a message that is read again after a crash must
            find its decision.
    """

    def __init__(self, window: timedelta = WINDOW, max_articles: int = MAX_ARTICLES, recent: int = RECENT) -> None:
        if max_articles < VOTERS:
            raise ValueError(f"max_articles is {max_articles}, it must be at least {VOTERS}")
        self._window = int(window.total_seconds())
        self._max_articles = max_articles
        self._recent = max(recent, VOTERS)
        self._clock = Clock()
        self._shelf = Shelf()

    def __len__(self) -> int:
        return len(self._shelf)

    @property
    def size(self) -> int:
        """Bytes of the records that it remembers."""
        return self._shelf.size

    def decide(self, origin: str, sketch: Sketch, visit: Visit = ALONE) -> Decided:
        """The decision on ``sketch``, which came as the raw message ``origin`` ("topic/partition/offset").

        A message decided before gets its decision again, and nothing to write. Where a language has several shards,
        ``visit`` is the article's at this one, and the decision may be to ask another.
        """
        key, *before = visit.keys(origin)
        if decided := self._shelf.by_key(key):
            return Decided(decided.decision, ())
        when = max(self._clock.now, sketch.fetched or 0) if of_archive(origin) else sketch.fetched
        self._clock.tick(when)
        earlier = self._shelf.by_id(sketch.id)
        if earlier is not None and earlier.onward is None:
            decision, value = self._again(sketch, earlier, when)
        elif sketch.gone:
            decision, value = self._unknown(sketch, when)
        elif earlier and earlier.onward is not None and not any(mine in self._shelf for mine in before):
            decision, value = self._elsewhere(sketch, when, visit, earlier.onward)
        else:
            decision, value = self._first(sketch, when, visit)
        self._shelf.add(key, value)
        return Decided(decision, ((key, value), *self._expire()))

    def apply(self, key: bytes, value: bytes | None) -> None:
        """Takes a record of the state topic; all of them, in their order, rebuild the shard.

        Raises:
            ValueError: the record is in a format this program does not read.
        """
        if value is None:
            while key in self._shelf:
                self._shelf.drop_oldest()
        elif key not in self._shelf:
            head = self._shelf.add(key, value).head
            archived = of_archive(key.decode("utf-8", "surrogatepass"))
            self._clock.tick(head.when if archived else known(head.fetched))

    def _first(self, sketch: Sketch, when: int | None, visit: Visit) -> tuple[Decision, bytes]:
        """An article not seen before: new, or a copy of another; or another shard is asked."""
        if visit.onward is not None and not visit.by_text:
            return self._elsewhere(sketch, when, visit, visit.onward)
        shingles, anchors = self._without_common_lines(sketch)
        mine = Print(shingles, sketch.threshold, anchors, sketch.source, sketch.title)
        original, like = self._original(sketch, mine)
        sent_on = None if original is None else original.onward
        if sent_on is not None and visit.follows(exact=like is None):
            return self._elsewhere(sketch, when, visit, sent_on)
        changed: tuple[Change, ...] = ()
        flags = 0
        if original is not None and sent_on is None:
            duplicate, rank, promotion = self._join(sketch, original, like)
            if like:
                changed = _changes(sketch, mine, original)
            else:
                changed = ("headline",) if sketch.title != original.head.title else ()
        elif visit.onward is not None:
            return self._elsewhere(sketch, when, visit, visit.onward, flags=COUNTED)
        else:
            duplicate = Duplicate(kind="none", cluster_id=sketch.id, canonical_id=sketch.id)
            rank, promotion, flags = _rank(sketch), None, COUNTED
        decision = Decision(sketch.id, 1, "new", duplicate, changed, promotion=promotion)
        return decision, self._pack(decision, sketch, when, rank, flags=flags, kept=(shingles, anchors))

    def _elsewhere(
        self, sketch: Sketch, when: int | None, visit: Visit, onward: int, flags: int = 0
    ) -> tuple[Decision, bytes]:
        """The shard of partition ``onward`` is asked; versions and copies that are looked for here go after it."""
        duplicate = Duplicate(kind="none", cluster_id=sketch.id, canonical_id=sketch.id)
        decision = Decision(sketch.id, 0, "elsewhere", duplicate, onward=onward)
        kept = self._without_common_lines(sketch) if visit.by_text else (b"", b"")
        sketch = sketch if visit.by_text else replace(sketch, lines=b"", paragraphs=b"")
        return decision, self._pack(decision, sketch, when, _rank(sketch), flags=flags, kept=kept)

    def _unknown(self, sketch: Sketch, when: int | None) -> tuple[Decision, bytes]:
        """A page that is gone and was no article of this shard: remembered, so that a replay says the same."""
        decision = Decision(
            sketch.id, 0, "unknown", Duplicate(kind="none", cluster_id=sketch.id, canonical_id=sketch.id)
        )
        return decision, self._pack(decision, sketch, when, _rank(sketch), flags=ECHO, kept=(b"", b""))

    def _again(self, sketch: Sketch, current: Entry, when: int | None) -> tuple[Decision, bytes]:
        """An article seen before, ``current`` its present version: never a copy of itself, and stays in its cluster."""
        same = (sketch.exact, sketch.title) == (current.head.exact, current.head.title)
        if same or _is_older(sketch, current):
            return self._unchanged(sketch, current, when, same=same)
        return self._next_version(sketch, current, when)

    def _next_version(self, sketch: Sketch, current: Entry, when: int | None) -> tuple[Decision, bytes]:
        """A newer text than ``current``, or a page that is gone."""
        newest = self._shelf.newest_of_cluster(current)
        withdrawn = sketch.gone or sketch.notice == "withdrawal"
        duplicate, rank = _standing(newest), WITHDRAWN if withdrawn else _rank(sketch)
        promotion = None if sketch.id == newest.canonical_id else _promotion(rank, newest.rank)
        if promotion:
            duplicate = duplicate.model_copy(update={"canonical_id": sketch.id})
        elif sketch.id != newest.canonical_id:
            rank = newest.rank
        kept = self._without_common_lines(sketch)
        mine = Print(kept[0], sketch.threshold, kept[1], sketch.source, sketch.title)
        decision = Decision(
            id=sketch.id,
            version=current.head.version + 1,
            lifecycle="withdrawn" if withdrawn else "revised",
            duplicate=duplicate,
            changes=_changes(sketch, mine, current),
            revision=revision(memoryview(sketch.paragraphs).cast("H"), current.paragraphs),
            promotion=promotion,
        )
        return decision, self._pack(decision, sketch, when, rank, flags=0, kept=kept)

    def _unchanged(self, sketch: Sketch, current: Entry, when: int | None, *, same: bool) -> tuple[Decision, bytes]:
        """The ``same`` text again, or an older version come late."""
        newest = self._shelf.newest_of_cluster(current)
        shares = {"kind": "exact", "containment": 1.0, "anchors": 1.0} if same else {"kind": "near"}
        duplicate = _standing(newest).model_copy(update=shares)
        decision = Decision(sketch.id, current.head.version, "unchanged", duplicate)
        if same and self._clock.now - current.head.when > self._window // 2:
            # Still on the front page: it stays findable. The one record carries it for another window.
            kept = self._without_common_lines(sketch)
            return decision, self._pack(decision, sketch, when, newest.rank, flags=0, kept=kept)
        return decision, self._pack(decision, sketch, when, newest.rank, flags=ECHO, kept=(b"", b""))

    def _join(self, sketch: Sketch, original: Entry, like: Likeness | None) -> tuple[Duplicate, Rank, Promotion | None]:
        """The cluster of ``original``, and its canonical article when ``sketch`` joins it. No ``like``: it is exact."""
        newest = self._shelf.newest_of_cluster(original)
        promotion = _promotion(_rank(sketch), newest.rank)
        rank, canonical = (_rank(sketch), sketch.id) if promotion else (newest.rank, newest.canonical_id)
        duplicate = Duplicate(
            kind="near" if like else "exact",
            cluster_id=original.cluster_id,
            canonical_id=canonical,
            containment=to_places(like.containment) if like else 1.0,
            anchors=to_places(like.anchors) if like else 1.0,
        )
        return duplicate, rank, promotion

    def _pack(
        self, decision: Decision, sketch: Sketch, when: int | None, rank: Rank, *, flags: int, kept: tuple[bytes, bytes]
    ) -> bytes:
        when = self._clock.now if when is None else when
        return pack(decision, sketch, rank=rank, when=when, flags=flags, shingles=kept[0], anchors=kept[1])

    def _original(self, sketch: Sketch, mine: Print) -> tuple[Entry | None, Likeness | None]:
        """The article that ``sketch`` is a copy of, without likeness where it is an exact one."""
        if sketch.shingles and (same := self._shelf.by_text(sketch.exact)):
            return same, None
        return self._nearest(mine) or (None, None)

    def _nearest(self, mine: Print) -> tuple[Entry, Likeness] | None:
        """The article that ``mine`` is most surely a copy of. Of a cluster that it belongs to, one is compared."""
        best: tuple[Entry, Likeness] | None = None
        texts: set[bytes] = set()
        clusters: set[str] = set()
        for number in self._shelf.likely(sorted(mine.shingles)):
            entry = self._shelf[number]
            if entry.head.exact in texts or (best and entry.cluster_id in clusters):
                continue
            texts.add(entry.head.exact)
            like = likeness(mine, entry.print)
            if like is not None and like.is_copy:
                clusters.add(entry.cluster_id)
                best = max(best or (entry, like), (entry, like), key=lambda found: found[1].score)
            if len(texts) == COMPARED or (best and best[1].score > SURE):
                break
        return best

    def _without_common_lines(self, sketch: Sketch) -> tuple[bytes, bytes]:
        """Shingles and anchors of the sketch, less those of lines that many stories have: they say nothing of any."""
        common = self._shelf.common(memoryview(sketch.lines).cast("I").tolist(), COMMON_LINE)
        if not any(common):
            return sketch.shingles, sketch.anchors
        keep = bytes(map(not_, common)).ljust(256, b"\1")  # by number of the line
        shingles = array("I", compress(memoryview(sketch.shingles).cast("I"), sketch.shingle_line.translate(keep)))
        anchors = array("H", compress(memoryview(sketch.anchors).cast("H"), sketch.anchor_line.translate(keep)))
        if len(shingles) < LEAST_SHINGLES:
            return sketch.shingles, sketch.anchors
        return shingles.tobytes(), anchors.tobytes()

    def _expire(self) -> list[tuple[bytes, None]]:
        """Drops from the front what is out of the window or over the limit. The most recent stay.

        A record whose time is as far in the future came from a crawler with a wrong clock, and must not block the rest.
        """
        gone: list[tuple[bytes, None]] = []
        while len(self._shelf) > self._max_articles or (len(self._shelf) > self._recent and self._is_out()):
            gone.append((self._shelf.drop_oldest(), None))
        return gone

    def _is_out(self) -> bool:
        """Whether the record at the front is out of the window."""
        return abs(self._clock.now - self._shelf.oldest_when) > self._window


def _rank(sketch: Sketch) -> Rank:
    return Rank(not sketch.agency_own, UNKNOWN if sketch.published is None else sketch.published, -sketch.length)


def _promotion(mine: Rank, canonical: Rank) -> Promotion | None:
    """Why an article of rank ``mine`` takes the place of the canonical one of its cluster; None when it does not."""
    if mine >= canonical:
        return None
    if canonical == WITHDRAWN:
        return "withdrawn"
    if mine.not_agency_own != canonical.not_agency_own:
        return "agency"
    return "earlier" if mine.published != canonical.published else "longer"


def _changes(sketch: Sketch, mine: Print, other: Entry) -> tuple[Change, ...]:
    """What the text of ``sketch`` changed against the one of ``other``; nothing when one of them is gone."""
    if not mine.shingles or not other.head.shingle_count:
        return ()
    corrected = sketch.notice == "correction" and not other.head.flags & CORRECTED
    return (*changes(mine, other.print), *(("correction notice",) if corrected else ()))


def _standing(entry: Entry) -> Duplicate:
    return Duplicate(kind="none", cluster_id=entry.cluster_id, canonical_id=entry.canonical_id)


def _is_older(sketch: Sketch, current: Entry) -> bool:
    """Whether ``sketch`` is of an older version than ``current``.

    The time of modification decides where both pages state one and the two differ; else, likewise, the time of
    publication; else the time of fetching; else the order of the log. One time each: a page that has stopped stating
    when it was modified is not older for that.
    """
    head = current.head
    for mine, theirs in (
        (sketch.modified, head.modified),
        (sketch.published, head.published),
        (sketch.fetched, head.fetched),
    ):
        if mine is not None and theirs not in {mine, UNKNOWN}:
            return mine < theirs
    return False
