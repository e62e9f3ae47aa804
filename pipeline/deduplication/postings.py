"""Which recent records hold a key: a hash table of short chains in flat arrays, a few bytes a key."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import islice
from typing import Final

import numpy as np

_WRAP: Final = 0xFFFFFFFF
_MULTIPLIER: Final = 0x9E3779B1  # 2^32 / golden ratio: spreads keys that are all small
_LEAST_ROOM: Final = 64


class Postings:
    """For each 32-bit key the records that hold it, newest first.

    Records are numbered in order and leave in order, so a chain simply ends where it meets a record that has left:
    nothing is ever unlinked. Twelve bytes a key where a dict of lists takes a hundred (docs/deduplication.md). The
    numbers of postings wrap at 2^32 and are compared by their distance from the newest.

    Args:
        stride: keys of a record at most, a power of two; further ones are left out.
    """

    def __init__(self, stride: int) -> None:
        self._stride = stride
        self._newest = -1
        self._span = 0  # postings, used or not, from the oldest record to the newest
        self._allocate(_LEAST_ROOM)

    def add(self, number: int, keys: Iterable[int], oldest: int) -> None:
        """Files record ``number``, the one after the last, under ``keys``; records below ``oldest`` have left."""
        if number - oldest >= self._room:
            self._grow(oldest)
        self._newest, self._span = number, (number - oldest + 1) * self._stride
        place = (number & self._room - 1) * self._stride
        end, posting = place + self._stride, number * self._stride & _WRAP
        for key in islice(keys, self._stride):
            key = key or 1  # noqa: PLW2901  0 says that there is no key
            bucket = (key * _MULTIPLIER & _WRAP) >> self._shift
            self._keys[place] = key
            self._nexts[place] = self._heads[bucket]
            self._heads[bucket] = posting
            place += 1
            posting += 1
        while place < end:
            self._keys[place] = 0
            place += 1

    def find(self, keys: Iterable[int], oldest: int, limit: int) -> list[list[int]]:
        """For each of ``keys`` the newest records that hold it: at most ``limit``, none below ``oldest``."""
        kept, nexts, heads = self._keys, self._nexts, self._heads
        newest, stride, mask, shift = self._newest, self._stride, self._mask, self._shift
        last = (newest + 1) * stride - 1
        span = min((newest + 1 - oldest) * stride, self._span)
        answers = []
        for key in keys:
            key = key or 1  # noqa: PLW2901
            found: list[int] = []
            before = -1
            posting = heads[(key * _MULTIPLIER & _WRAP) >> shift]
            age = last - posting & _WRAP
            while before < age < span:
                place = posting & mask
                if kept[place] == key:
                    found.append(newest - age // stride)
                    if len(found) == limit:
                        break
                posting = nexts[place]
                before, age = age, last - posting & _WRAP
            answers.append(found)
        return answers

    def _allocate(self, room: int) -> None:
        size = room * self._stride
        self._room, self._mask, self._shift = room, size - 1, 33 - size.bit_length()
        self._keys, self._nexts = array("I", bytes(4 * size)), array("I", bytes(4 * size))
        self._heads = array("I", b"\xff" * (4 * size))  # a posting that no record has yet, so the end of a chain

    def _grow(self, oldest: int) -> None:
        """Twice the room: every posting of a record still here is filed again, in order."""
        kept = np.arange(oldest, self._newest + 1)
        old_keys = np.frombuffer(self._keys, np.uint32).reshape(self._room, self._stride)[kept & self._room - 1]
        self._allocate(2 * self._room)
        keys, nexts, heads = (np.frombuffer(a, np.uint32) for a in (self._keys, self._nexts, self._heads))
        keys.reshape(self._room, self._stride)[kept & self._room - 1] = old_keys
        used = old_keys.reshape(-1) != 0
        columns = np.arange(self._stride)
        places = ((kept & self._room - 1)[:, None] * self._stride + columns).reshape(-1)[used]
        postings = ((kept[:, None] * self._stride + columns) & _WRAP).astype(np.uint32).reshape(-1)[used]
        buckets = (keys[places] * np.uint32(_MULTIPLIER)) >> np.uint32(self._shift)
        order = np.argsort(buckets, kind="stable")
        buckets, places, postings = buckets[order], places[order], postings[order]
        same = np.zeros(len(order), bool)
        same[1:] = buckets[1:] == buckets[:-1]
        nexts[places] = np.where(same, np.roll(postings, 1), np.uint32(_WRAP))
        heads[buckets] = postings  # of several in a bucket the last assignment stays: the newest
