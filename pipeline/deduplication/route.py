"""The round of an article among the shards of a language that is split.

It is asked for where its id belongs, so that its versions meet; then where each of two keys of its text belongs, so
that copies meet. A shard that knows neither it nor one like it sends it on to the next; one that has sent such an
article on sends it the same way. It stays with the last that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xxhash

from copydesk.pipeline.deduplication.partition import shard_of
from copydesk.pipeline.deduplication.sketch import Sketch

STOPS: Final = 3
_OTHER_ORDER: Final = np.uint32(0x9E3779B1)  # 2^32 / golden ratio: what is smallest times this is another shingle


@dataclass(frozen=True, slots=True)
class Visit:
    """Where in its round an article is.

    ``came``: how many shards had been asked, as the message says. ``asked``: the same with this one. ``onward``: the
    partition that is asked next if nothing is found here, None when it stays.
    """

    came: int = 0
    asked: int = STOPS
    onward: int | None = None

    @property
    def by_text(self) -> bool:
        """Whether its text is compared here, not its id alone."""
        return self.asked > 1

    def follows(self, *, exact: bool) -> bool:
        """Whether it goes where one like it was sent: once after a near copy, so as not to go in circles; after an
        exact one as far as that may have gone."""
        return self.came <= STOPS + exact

    def then(self, onward: int) -> int:
        """``came`` of the next visit, at partition ``onward``."""
        return self.asked if onward == self.onward else max(self.asked, STOPS) + 1

    def keys(self, origin: str) -> list[bytes]:
        """The key of the visit's record, then those that earlier ones of the message would have at the same shard."""
        first = origin.encode("utf-8", "surrogatepass")
        return [b"%s/%d" % (first, came) if came else first for came in range(self.came, -1, -1)]


ALONE: Final = Visit()
"""The only one there is in a language of one shard."""


def door(language: str, id: str, partitions: int, shards: int, *, gone: bool) -> int:
    """The partition where article ``id`` is asked for first: one of ``shards`` from that of its language on.

    A page that is ``gone`` has no text, so nobody knows what language its article was in: partition 0, and where it is
    not known the next.
    """
    if gone:
        return 0
    first = shard_of(language, partitions)
    if shards == 1:
        return first
    return (first + xxhash.xxh32_intdigest(id.encode("utf-8", "surrogatepass")) % shards) % partitions


def visit(sketch: Sketch, language: str, partition: int, came: int, *, partitions: int, shards: int) -> Visit:
    """The visit of ``sketch`` at ``partition`` when ``came`` have been asked. A page that is gone has no round."""
    if shards == 1 or sketch.gone:
        return Visit(came)
    first = shard_of(language, partitions)
    stops = [door(language, sketch.id, partitions, shards, gone=False)]
    stops += [(first + key % shards) % partitions for key in _keys(sketch)]
    asked = came
    while asked < STOPS and stops[asked] == partition:
        asked += 1
    return Visit(came, asked, stops[asked] if asked < STOPS else None)


def _keys(sketch: Sketch) -> tuple[int, int]:
    """The smallest shingle in each of two orders: two texts share one as often as their shingles agree."""
    shingles = np.frombuffer(sketch.shingles, "<u4") >> 1  # without the bit that tells of capitals
    if not len(shingles):
        return 0, 0
    return int(shingles.min()), int((shingles * _OTHER_ORDER).min() >> 4)
