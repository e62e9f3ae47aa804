"""The records of a window in the order they came, found by what one asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final

import xxhash

from copydesk.pipeline.deduplication.postings import Postings
from copydesk.pipeline.deduplication.sketch import FIRST_LINES, LAST_LINES
from copydesk.pipeline.deduplication.state import COUNTED, ECHO, LIFECYCLES, Entry, when

KEYS: Final = 16  # smallest shingles under which an article is filed
HOLDERS: Final = 8  # newest articles that are looked at under one key; a phrase every page has holds no news


class Shelf:
    """Records are numbered as they come and leave in that order. All lookups give the newest.

    Adding the same records in the same order, and taking away from the front, gives the same shelf: whether they were
    just decided or read back makes no difference.
    """

    def __init__(self) -> None:
        self.oldest = 0
        self.next = 0
        self._keys: list[bytes] = []  # of records from number _first on
        self._values: list[bytes] = []
        self._first = 0
        self.size = 0  # bytes of the records
        self._by_key: dict[bytes, int] = {}
        self._by_id: dict[int, int] = {}
        self._by_text: dict[int, int] = {}
        self._by_cluster: dict[int, int] = {}
        self._shingles = Postings(KEYS)
        self._lines = Postings(FIRST_LINES + LAST_LINES)

    def __len__(self) -> int:
        return self.next - self.oldest

    def __contains__(self, key: bytes) -> bool:
        return key in self._by_key

    def add(self, key: bytes, value: bytes) -> Entry:
        """Puts a record at the end, under a ``key`` that is not here yet."""
        entry, number = Entry(value), self.next
        head = entry.head
        found = not head.flags & ECHO
        self._keys.append(key)
        self._values.append(value)
        self.size += len(value)
        self._by_key[key] = number
        known = LIFECYCLES[head.lifecycle] not in {"unknown", "elsewhere"}
        if known and (head.kind or head.lifecycle):  # an article that stands alone is the newest of its cluster anyway
            self._by_cluster[_hash(entry.cluster_id)] = number
        if found:
            self._by_id[_hash(entry.id)] = number
            if head.shingle_count:
                self._by_text[int.from_bytes(head.exact[:8])] = number
        self._shingles.add(number, sorted(entry.shingles.tolist())[:KEYS] if found else (), self.oldest)
        self._lines.add(number, dict.fromkeys(entry.lines) if head.flags & COUNTED else (), self.oldest)
        self.next += 1
        return entry

    def drop_oldest(self) -> bytes:
        """Takes the record at the front away, and gives its key."""
        number = self.oldest
        key, entry = self._keys[number - self._first], self[number]
        self.size -= len(self._values[number - self._first])
        del self._by_key[key]
        for index, name in (
            (self._by_id, _hash(entry.id)),
            (self._by_text, int.from_bytes(entry.head.exact[:8])),
            (self._by_cluster, _hash(entry.cluster_id)),
        ):
            if index.get(name) == number:
                del index[name]
        self._keys[number - self._first] = self._values[number - self._first] = b""
        self.oldest += 1
        if self.oldest - self._first > len(self) + 1024:
            del self._keys[: self.oldest - self._first], self._values[: self.oldest - self._first]
            self._first = self.oldest
        return key

    @property
    def oldest_when(self) -> int:
        """The time of the record at the front."""
        return when(self._values[self.oldest - self._first])

    def __getitem__(self, number: int) -> Entry:
        return Entry(self._values[number - self._first])

    def by_key(self, key: bytes) -> Entry | None:
        """The record of one message."""
        return self._at(self._by_key.get(key))

    def by_id(self, article: str) -> Entry | None:
        """The current version of an article."""
        return self._at(self._by_id.get(_hash(article)))

    def by_text(self, exact: bytes) -> Entry | None:
        """The newest article with the same letters and digits."""
        entry = self._at(self._by_text.get(int.from_bytes(exact[:8])))
        return entry if entry is not None and entry.head.exact == exact else None

    def newest_of_cluster(self, entry: Entry) -> Entry:
        """The newest record of the cluster that ``entry`` is in: ``entry`` itself when it stands alone."""
        return self._at(self._by_cluster.get(_hash(entry.cluster_id))) or entry

    def likely(self, shingles: list[int]) -> list[int]:
        """Numbers of articles that share some of the smallest of ``shingles`` (ascending), most shared first."""
        held = self._shingles.find(shingles[:KEYS], self.oldest, HOLDERS)
        shared = Counter(chain.from_iterable(held))
        return sorted(sorted(shared), key=shared.__getitem__, reverse=True)

    def common(self, lines: Sequence[int], times: int) -> list[bool]:
        """Of each of ``lines`` whether at least ``times`` stories have it, copies counted once."""
        return [len(holders) == times for holders in self._lines.find(lines, self.oldest, times)]

    def _at(self, number: int | None) -> Entry | None:
        return None if number is None else self[number]


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))
