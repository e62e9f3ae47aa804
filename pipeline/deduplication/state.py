"""The durable record of one decided message: its decision and what is kept of its sketch, in binary."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from pipeline.deduplication.decision import Decision
from schemas import Duplicate

FORMAT: Final = 1
KINDS: Final = ("none", "exact", "near")
LIFECYCLES: Final = ("new", "revised", "unchanged")
UNKNOWN: Final = 2**32 - 1  # in place of a time
SHARE_STEPS: Final = 10_000  # shares are decided on and stored to four places

# format, kind, lifecycle, flags, version, clock, fetched, modified, published, source, containment, anchors, exact,
# title, canonical's rank (agency's own, published, length), counts of shingles, anchors, lines, lengths of three ids
_HEAD: Final = struct.Struct("<BBBBIIIIIIHH16sQBIIHHHHHH")

STALE: Final = 1
COUNTED: Final = 2


@dataclass(frozen=True, slots=True)
class Rank:
    """How good a version is for readers; the smallest of a cluster is its canonical article."""

    not_agency_own: bool
    published: int
    negative_length: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One decided message.

    ``clock`` is the shard's clock when it was decided. ``stale``: an older version that came late and is not looked
    for. ``counted``: its lines count toward those that the outlet prints under everything. Arrays as in Sketch, less
    the lines that are printed under everything. ``rank`` is that of the cluster's canonical article.
    """

    decision: Decision
    clock: int
    fetched: int | None
    modified: int | None
    published: int | None
    source: int
    exact: bytes
    title: int
    rank: Rank
    stale: bool
    counted: bool
    shingles: bytes
    anchors: bytes
    lines: bytes

    def encode(self) -> bytes:
        """The record's value on the state topic."""
        decision, duplicate = self.decision, self.decision.duplicate
        ids = [
            text.encode("utf-8", "surrogatepass")
            for text in (decision.id, duplicate.cluster_id, duplicate.canonical_id)
        ]
        head = _HEAD.pack(
            FORMAT,
            KINDS.index(duplicate.kind),
            LIFECYCLES.index(decision.lifecycle),
            self.stale * STALE | self.counted * COUNTED,
            decision.version,
            self.clock,
            _or_unknown(self.fetched),
            _or_unknown(self.modified),
            _or_unknown(self.published),
            self.source,
            _steps(duplicate.containment),
            _steps(duplicate.anchors),
            self.exact,
            self.title,
            self.rank.not_agency_own,
            self.rank.published,
            -self.rank.negative_length,
            len(self.shingles) // 4,
            len(self.anchors) // 4,
            len(self.lines) // 4,
            *map(len, ids),
        )
        return b"".join((head, *ids, self.shingles, self.anchors, self.lines))

    @classmethod
    def decode(cls, value: bytes) -> Entry:
        """The entry in a record's value.

        Raises:
            ValueError: written by a program with another format.
        """
        if not value or value[0] != FORMAT:
            raise ValueError(f"dedupe state is of format {value[:1].hex() or 'none'}, this program reads {FORMAT:02x}")
        (_, kind, lifecycle, flags, version, clock, fetched, modified, published, source, containment, anchors, exact,
         title, own, first, length, *counts) = _HEAD.unpack_from(value)  # fmt: skip
        parts, at = [], _HEAD.size
        for size in (*counts[3:], *(4 * count for count in counts[:3])):
            parts.append(value[at : at + size])
            at += size
        article, cluster, canonical = (part.decode("utf-8", "surrogatepass") for part in parts[:3])
        return cls(
            decision=Decision(
                article,
                version,
                LIFECYCLES[lifecycle],  # type: ignore[arg-type]
                Duplicate(
                    kind=KINDS[kind],  # type: ignore[arg-type]
                    cluster_id=cluster,
                    canonical_id=canonical,
                    containment=_share(containment),
                    anchors=_share(anchors),
                ),
            ),
            clock=clock,
            fetched=_known(fetched),
            modified=_known(modified),
            published=_known(published),
            source=source,
            exact=exact,
            title=title,
            rank=Rank(bool(own), first, -length),
            stale=bool(flags & STALE),
            counted=bool(flags & COUNTED),
            shingles=parts[3],
            anchors=parts[4],
            lines=parts[5],
        )


def _or_unknown(seconds: int | None) -> int:
    return UNKNOWN if seconds is None else seconds


def _known(seconds: int) -> int | None:
    return None if seconds == UNKNOWN else seconds


def _steps(share: float | None) -> int:
    return 0xFFFF if share is None else round(share * SHARE_STEPS)


def _share(steps: int) -> float | None:
    return None if steps == 0xFFFF else steps / SHARE_STEPS
