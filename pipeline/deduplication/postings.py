"""Which recent records hold a key: hash tables of short chains in flat arrays, a few bytes a key."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

_WRAP: Final = 0xFFFFFFFF
_MULTIPLIER: Final = 0x9E3779B1  # 2^32 / golden ratio: spreads keys that are all small
_LEAST_ROOM: Final = 8192  # every ring that is not yet let go is looked through
_GROWTH: Final = 2


class Postings:
    """For each 32-bit key the records that hold it, newest first.

    Records are numbered in order and leave in order. They lie in a ring; when it is too small for those still here, the
    next go to a ring of twice the room, and the old one is let go when its last record leaves. So nothing is unlinked
    or filed again, and no call takes long. Twelve bytes a key, where a dict of lists takes a hundred.

    Args:
        stride: keys of a record at most, a power of two; further ones are left out.
    """

    def __init__(self, stride: int) -> None:
        self._stride = stride
        self._rings: list[_Ring] = []  # newest first

    def add(self, number: int, keys: Iterable[int], oldest: int) -> None:
        """Files record ``number``, the one after the last, under ``keys``; records below ``oldest`` have left."""
        rings = self._rings
        if not rings or number - max(oldest, rings[0].first) >= rings[0].room:
            room = _GROWTH * rings[0].room if rings else _LEAST_ROOM
            rings.insert(0, _Ring(self._stride, room, number))
        while len(rings) > 1 and rings[-2].first <= oldest:
            rings.pop()
        rings[0].add(number, keys)

    def find(self, keys: Sequence[int], oldest: int, limit: int) -> list[list[int]]:
        """For each of ``keys`` the newest records that hold it: at most ``limit``, none below ``oldest``."""
        found: list[list[int]] = [[] for _ in keys]
        for ring in self._rings:
            ring.find(keys, oldest, limit, found)
        return found


class _Ring:
    """Chains of postings: for each bucket the newest, for each posting the one before it in its bucket.

    A chain ends where it meets a record that has left. Numbers of postings wrap at 2^32; they are compared by their
    distance from the newest.
    """

    def __init__(self, stride: int, room: int, first: int) -> None:
        size = room * stride
        self.room, self.first = room, first
        self._newest = first - 1
        self._stride, self._mask, self._shift = stride, size - 1, 33 - size.bit_length()
        self._keys, self._nexts = array("I", bytes(4 * size)), array("I", bytes(4 * size))
        none = first * stride - 1 & _WRAP  # a posting before all of this ring's: the end of a chain
        self._heads = array("I", [none]) * size

    def add(self, number: int, keys: Iterable[int]) -> None:
        self._newest = number
        nexts, heads, shift = self._nexts, self._heads, self._shift
        filed = array("I", islice(keys, self._stride))
        posting = number * self._stride & _WRAP
        place = posting & self._mask
        self._keys[place : place + len(filed)] = filed
        for key in filed:
            bucket = (key * _MULTIPLIER & _WRAP) >> shift
            nexts[place] = heads[bucket]
            heads[bucket] = posting
            place += 1
            posting += 1

    def find(self, keys: Sequence[int], oldest: int, limit: int, found: list[list[int]]) -> None:
        """Adds to each list of ``found`` the records that hold the key in its place, newest first."""
        kept, nexts, heads = self._keys, self._nexts, self._heads
        newest, stride, mask, shift = self._newest, self._stride, self._mask, self._shift
        last = (newest + 1) * stride - 1
        span = (newest + 1 - max(oldest, self.first)) * stride
        for key, holders in zip(keys, found, strict=True):
            posting = heads[(key * _MULTIPLIER & _WRAP) >> shift]
            age, before = last - posting & _WRAP, -1
            while before < age < span and len(holders) < limit:
                if kept[posting & mask] == key:
                    holders.append(newest - age // stride)
                posting = nexts[posting & mask]
                before, age = age, last - posting & _WRAP
