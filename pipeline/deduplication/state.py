"""The durable record of one decided message, in binary: the decision, and what is kept of the sketch."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple, get_args

from copydesk.pipeline.deduplication.changes import CHANGES
from copydesk.pipeline.deduplication.decision import Decision
from copydesk.pipeline.deduplication.likeness import Print
from copydesk.pipeline.deduplication.sketch import Sketch
from copydesk.schemas import Duplicate
from copydesk.schemas.article import Revision
from copydesk.schemas.cluster import Promotion

FORMAT: Final = 3
KINDS: Final = ("none", "exact", "near")
LIFECYCLES: Final = ("new", "revised", "unchanged", "withdrawn", "unknown", "elsewhere")
PROMOTIONS: Final[tuple[Promotion | None, ...]] = (None, *get_args(Promotion))
UNKNOWN: Final = 2**32 - 1  # in place of a time
SHARE_STEPS: Final = 10_000  # shares are said and stored to four places
NO_SHARE: Final = 2**16 - 1
NO_REVISION: Final = Revision(paragraphs_added=0, paragraphs_removed=0)

ECHO: Final = 1
"""Flag: an older version that came late, or an unchanged page fetched again soon: remembered, never looked for."""
COUNTED: Final = 2
"""Flag: the lines count toward those that many stories have; those of a copy or a revision do not."""


CORRECTED: Final = 4
"""Flag: the text carries a notice of correction."""
REVISED: Final = 8
"""Flag: ``added`` and ``removed`` are known."""


class Rank(NamedTuple):
    """How good a version of a text is for readers; the smallest of a cluster is canonical."""

    not_agency_own: int
    published: int
    minus_length: int


class Head(NamedTuple):
    """The fixed part of a record.

    ``version``: of the article; of one that is elsewhere, the partition of the shard that was asked next. ``when``: the
    time of fetching, or the shard's clock where that is unknown. ``not_agency_own``, ``first`` and ``length``: the Rank
    of the cluster's canonical article. ``added`` and ``removed``: paragraphs, against the version before. The counts
    and sizes are of what follows.
    """

    format: int
    kind: int
    lifecycle: int
    changes: int
    flags: int
    version: int
    when: int
    fetched: int
    modified: int
    published: int
    source: int
    title: int
    exact: bytes
    threshold: int
    containment: int
    anchors: int
    not_agency_own: int
    first: int
    length: int
    shingle_count: int
    anchor_count: int
    line_count: int
    id_size: int
    cluster_size: int
    canonical_size: int
    paragraph_count: int
    added: int
    removed: int
    promotion: int


_HEAD: Final = struct.Struct("<BBBBBIIIIIIQ16sIHHBIIHHBHHHBBBB")
_WHEN: Final = struct.calcsize("<BBBBBI")


def pack(
    decision: Decision,
    sketch: Sketch,
    *,
    rank: Rank,
    when: int,
    flags: int,
    shingles: bytes,
    anchors: bytes,
) -> bytes:
    """A record's value. ``shingles`` and ``anchors``: the sketch's less common lines, or empty for an ECHO."""
    duplicate = decision.duplicate
    article, cluster, canonical = (
        identifier.encode("utf-8", "surrogatepass")
        for identifier in (decision.id, duplicate.cluster_id, duplicate.canonical_id)
    )
    # Most articles are their own cluster and canonical: an empty id says "the one before".
    canonical = b"" if canonical == cluster else canonical
    cluster = b"" if cluster == article else cluster
    lines, paragraphs = (b"", b"") if flags & ECHO else (sketch.lines, sketch.paragraphs)
    flags |= CORRECTED * (sketch.notice == "correction") | REVISED * (decision.revision is not None)
    revision = decision.revision or NO_REVISION
    head = Head(
        format=FORMAT,
        kind=KINDS.index(duplicate.kind),
        lifecycle=LIFECYCLES.index(decision.lifecycle),
        changes=sum(1 << CHANGES.index(change) for change in decision.changes),
        flags=flags,
        version=decision.version if decision.onward is None else decision.onward,
        when=when,
        fetched=_or_unknown(sketch.fetched),
        modified=_or_unknown(sketch.modified),
        published=_or_unknown(sketch.published),
        source=sketch.source,
        title=sketch.title,
        exact=sketch.exact,
        threshold=sketch.threshold,
        containment=_steps(duplicate.containment),
        anchors=_steps(duplicate.anchors),
        not_agency_own=rank.not_agency_own,
        first=rank.published,
        length=-rank.minus_length,
        shingle_count=len(shingles) // 4,
        anchor_count=len(anchors) // 2,
        line_count=len(lines) // 4,
        id_size=len(article),
        cluster_size=len(cluster),
        canonical_size=len(canonical),
        paragraph_count=len(paragraphs) // 2,
        added=revision.paragraphs_added,
        removed=revision.paragraphs_removed,
        promotion=PROMOTIONS.index(decision.promotion),
    )
    return b"".join((_HEAD.pack(*head), article, cluster, canonical, shingles, anchors, lines, paragraphs))


class Entry:
    """A record read as far as it is asked for: the bytes are all that is held of the million others."""

    __slots__ = ("_value", "head")

    def __init__(self, value: bytes) -> None:
        """Wraps a record's value.

        Raises:
            ValueError: the value was written by a program with another format.
        """
        if len(value) < _HEAD.size or value[0] != FORMAT:
            raise ValueError(f"dedupe state of format {value[:1].hex() or 'none'}; this program reads {FORMAT:02x}")
        self._value = value
        self.head = Head._make(_HEAD.unpack_from(value))

    @property
    def id(self) -> str:
        """The article's id."""
        return self._text(_HEAD.size, self.head.id_size)

    @property
    def cluster_id(self) -> str:
        """The id of the first article of the cluster."""
        head = self.head
        return self._text(_HEAD.size + head.id_size, head.cluster_size) if head.cluster_size else self.id

    @property
    def canonical_id(self) -> str:
        """The id of the cluster's canonical article, as this message left it."""
        head = self.head
        start = _HEAD.size + head.id_size + head.cluster_size
        return self._text(start, head.canonical_size) if head.canonical_size else self.cluster_id

    @property
    def rank(self) -> Rank:
        """The rank of the canonical article."""
        return Rank(self.head.not_agency_own, self.head.first, -self.head.length)

    @property
    def onward(self) -> int | None:
        """The partition of the shard that was asked next, when it was not decided here."""
        return self.head.version if LIFECYCLES[self.head.lifecycle] == "elsewhere" else None

    @property
    def decision(self) -> Decision:
        """The decision, as it was made."""
        head = self.head
        return Decision(
            self.id,
            head.version if self.onward is None else 0,
            LIFECYCLES[head.lifecycle],
            Duplicate(
                kind=KINDS[head.kind],
                cluster_id=self.cluster_id,
                canonical_id=self.canonical_id,
                containment=_share(head.containment),
                anchors=_share(head.anchors),
            ),
            tuple(change for bit, change in enumerate(CHANGES) if head.changes >> bit & 1),
            Revision(paragraphs_added=head.added, paragraphs_removed=head.removed) if head.flags & REVISED else None,
            PROMOTIONS[head.promotion],
            self.onward,
        )

    @property
    def shingles(self) -> memoryview:
        """The sample of shingles, 32 bits each."""
        start = self._arrays
        return memoryview(self._value)[start : start + 4 * self.head.shingle_count].cast("I")

    @property
    def lines(self) -> memoryview:
        """Hashes of the outer lines, 32 bits each."""
        start = self._arrays + 4 * self.head.shingle_count + 2 * self.head.anchor_count
        return memoryview(self._value)[start : start + 4 * self.head.line_count].cast("I")

    @property
    def paragraphs(self) -> memoryview:
        """Hashes of the paragraphs, 16 bits each."""
        end = self._arrays + 4 * (self.head.shingle_count + self.head.line_count) + 2 * self.head.anchor_count
        return memoryview(self._value)[end : end + 2 * self.head.paragraph_count].cast("H")

    @property
    def print(self) -> Print:
        """What is compared with other articles."""
        head, start = self.head, self._arrays
        middle = start + 4 * head.shingle_count
        return Print(
            self._value[start:middle],
            head.threshold,
            self._value[middle : middle + 2 * head.anchor_count],
            head.source,
            head.title,
        )

    @property
    def _arrays(self) -> int:
        head = self.head
        return _HEAD.size + head.id_size + head.cluster_size + head.canonical_size

    def _text(self, start: int, size: int) -> str:
        return self._value[start : start + size].decode("utf-8", "surrogatepass")


def when(value: bytes) -> int:
    """The time of a record."""
    return int.from_bytes(value[_WHEN : _WHEN + 4], "little")


def known(seconds: int) -> int | None:
    """A stored time, or None for one that was unknown."""
    return None if seconds == UNKNOWN else seconds


def to_places(share: float) -> float:
    """``share`` as it is said and stored, so that a decision read back is the same."""
    return round(share * SHARE_STEPS) / SHARE_STEPS


def _or_unknown(seconds: int | None) -> int:
    return UNKNOWN if seconds is None else seconds


def _steps(share: float | None) -> int:
    return NO_SHARE if share is None else round(share * SHARE_STEPS)


def _share(steps: int) -> float | None:
    return None if steps == NO_SHARE else steps / SHARE_STEPS
