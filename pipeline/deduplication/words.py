"""The words of a text, as they are compared: hashed without case, width or punctuation, all at once in arrays."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import xxhash

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

NAME: Final = 1
NUMBER: Final = 2

# What a character is to a word. SIGN: of a script without spaces (Han, kana, Thai, Lao, Burmese, Khmer), a word each.
# Halved, these tell what runs together. JOINT: a gap that between digits is none.
GAP, JOINT, LETTER, CAPITAL, DIGIT, SIGN, KATAKANA = 0, 1, 2, 3, 4, 6, 8
_RUN_OF_DIGITS: Final = DIGIT >> 1
_RUN_OF_SIGNS: Final = SIGN >> 1  # 0b11: only two of these have both bits in common
_KIND_BITS: Final = np.uint32(4)  # of a table's entry; above them stands the character in lower case
_KIND_MASK: Final = np.uint32(0b1111)
_JOINTS: Final = ",.:/"
_SIGNS: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3041, 0x309F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)  # fmt: skip
_KATAKANA_RANGES: Final = ((0x30A1, 0x30FA), (0x30FC, 0x30FE))
_BASIC: Final = 0x10000
_EMOJI: Final = (0x1F000, 0x1FFFF)
_KNOWN: Final = 0x20000  # characters; beyond them stand rare ideographs, which are taken for one
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # of the polynomial hash: odd, so that it has an inverse
_BASE_INVERSE: Final = np.uint64(pow(int(_BASE), -1, 2**64))
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64
_LEAST_BITS: Final = 12
_NOT_KIND: Final = ~np.uint64(3)
_ANCHORS: Final = np.zeros(9, np.uint64)
_ANCHORS[[CAPITAL, KATAKANA, DIGIT]] = NAME, NAME, NUMBER
_SHIFT: Final = np.uint64(31)
_UPPER: Final = np.uint64(32)
_NEWLINE: Final = np.uint32(ord("\n"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order.

    ``hashes``: 64 bits of each, the lowest two saying that it is a NAME (capitalised, or katakana), a NUMBER, or
    neither. ``lines``: of each, the number of its line among those that have words. ``line_hashes``: 32 bits of each
    such line. ``exact``: 128 bits of all letters and digits. ``unspaced``: the text is in a script that sets no
    spaces, and its words are characters.
    """

    hashes: U64
    lines: Places
    line_hashes: U32
    exact: bytes
    unspaced: bool


def read(text: str) -> Words:
    """The words of ``text``, whatever it holds."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = _table().take(characters, mode="clip")
    kinds, folded = (known & _KIND_MASK).astype(np.uint8), known >> _KIND_BITS
    starts, ends = _boundaries(kinds)
    sums = _prefix_sums(folded)
    first = kinds[starts]
    unspaced = 5 * int(np.count_nonzero(first >= SIGN)) > len(first)
    anchors = _ANCHORS[first]
    if unspaced:
        anchors[(first == KATAKANA) & (ends - starts == 1)] = 0
    hashes = _mixed(_between(sums, starts, ends)) & _NOT_KIND | anchors
    breaks = (characters == _NEWLINE).nonzero()[0]
    bounds = np.array(sorted({0, len(starts), *starts.searchsorted(breaks).tolist()}))  # words before each line break
    opens, counts = bounds[:-1], bounds[1:] - bounds[:-1]
    line_starts, line_ends = starts[opens], ends[bounds[1:] - 1]
    return Words(
        hashes=hashes,
        lines=np.repeat(np.arange(len(opens)), counts),
        line_hashes=(_mixed(_between(sums, line_starts, line_ends)) >> _UPPER).astype(np.uint32),
        exact=xxhash.xxh3_128_digest(folded[kinds > JOINT].tobytes()),
        unspaced=unspaced,
    )


def _boundaries(kinds: U8) -> tuple[Places, Places]:
    """Where words start and end: runs of letters, of digits (1,234.5 and 7:30 whole), of katakana, and single signs."""
    runs = np.zeros(len(kinds) + 2, np.uint8)
    np.right_shift(kinds, 1, out=runs[1:-1])
    digits = runs == _RUN_OF_DIGITS
    np.putmask(runs[1:-1], (kinds == JOINT) & digits[:-2] & digits[2:], _RUN_OF_DIGITS)
    before, after = runs[:-1], runs[1:]
    changes = (before != after) | (before & after == _RUN_OF_SIGNS)
    return (changes & (after != 0)).nonzero()[0], (changes & (before != 0)).nonzero()[0]


def _prefix_sums(folded: U32) -> U64:
    """Sums of character times BASE to its place, modulo 2^64: the hash of any stretch is a difference of two."""
    sums = np.zeros(len(folded) + 1, np.uint64)
    np.multiply(folded.astype(np.uint64), _powers(_BASE, len(folded)), out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    return sums


def _between(sums: U64, starts: Places, ends: Places) -> U64:
    """The hash of each stretch, the same wherever it stands."""
    return (sums[ends] - sums[starts]) * _powers(_BASE_INVERSE, len(sums))[starts]


def _powers(base: np.uint64, count: int) -> U64:
    return _power_table(int(base), max(count.bit_length(), _LEAST_BITS))[:count]


@cache
def _power_table(base: int, bits: int) -> U64:
    table = np.full(1 << bits, base, np.uint64)
    table[0] = 1
    return np.cumprod(table, dtype=np.uint64)


def _mixed(hashes: U64) -> U64:
    hashes = (hashes ^ (hashes >> _SHIFT)) * _MIX
    return hashes ^ (hashes >> _SHIFT)


@cache
def _table() -> U32:
    """For each known character its kind, and above that its lower case where that is one character."""
    kinds = np.zeros(_KNOWN + 1, np.uint32)
    lower = np.arange(_KNOWN + 1, dtype=np.uint32)
    for code in range(_BASIC):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] in "LM":
            kinds[code] = CAPITAL if category in ("Lu", "Lt") else LETTER
            if len(character.lower()) == 1:
                lower[code] = ord(character.lower())
        elif category[0] == "N":
            kinds[code] = DIGIT
    kinds[[ord(joint) for joint in _JOINTS]] = JOINT
    for kind, ranges in ((SIGN, _SIGNS), (KATAKANA, _KATAKANA_RANGES)):
        for begin, end in ranges:
            kinds[begin : end + 1] = np.where(kinds[begin : end + 1] == GAP, GAP, kind)
    kinds[_BASIC:] = LETTER
    kinds[_EMOJI[0] : _EMOJI[1] + 1] = GAP
    kinds[_KNOWN] = SIGN
    return lower << _KIND_BITS | kinds
