"""What kinds of characters each line of a dump is made of, and its words, all lines at once.

A page has hundreds of lines; a loop over them in Python costs more than all that is learned from them. So the text is
one array of code points here, and everything about a line a sum over a stretch of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Kinds = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]

OTHER, SPACE, LOWER, UPPER, UNCASED, UNSPACED, DIGIT, END, COMMA, QUOTE, BAR, BRACKET, DASH, COLON = range(14)
KINDS: Final = 14
_MARKS: Final = {
    END: ".!?。！？…।۔؟｡",
    COMMA: ",;、，；،؛",
    QUOTE: "\"“”„«»「」『』‘’'‹›",
    BAR: "|/@#>•©→·▶►",
    BRACKET: "()[]{}（）【】［］",
    DASH: "-–—―",
    COLON: ":：",
}
_PLANE: Final = 0x10000
_ACCENTED: Final = 0x0530  # Latin, Greek and Cyrillic, whose accents addresses leave out
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_LONGEST_WORD: Final = 32  # characters that tell words apart


@dataclass(frozen=True, slots=True)
class Characters:
    """Lines as numbers.

    ``counts`` is lines x KINDS, ``first`` and ``last`` the kind of each line's outermost characters; ``words`` has one
    hash a word, whatever its case and accents, ``line_of`` the number of the line each stands in, ``capital`` whether
    it begins with one; ``which`` numbers the words, the same word the same, and ``times`` counts each number's.
    """

    counts: Integers
    first: Kinds
    last: Kinds
    words: Hashes
    line_of: Integers
    capital: npt.NDArray[np.bool_]
    which: Integers
    times: Integers

    @classmethod
    def of(cls, lines: Sequence[str]) -> Characters:
        """The numbers of ``lines``, none of which may be empty or hold a line break."""
        codes = _codes("\n".join(lines) + "\n")
        sizes = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines)) + 1
        ends = np.cumsum(sizes)
        line = np.repeat(np.arange(len(lines)), sizes)
        kinds = _tables()[0][codes]
        counts = np.bincount(line * KINDS + kinds, minlength=len(lines) * KINDS).reshape(-1, KINDS)
        starts = _starts(kinds)
        words = _hashes(codes, kinds, starts)
        _, which, times = np.unique(words, return_inverse=True, return_counts=True)
        return cls(
            counts=counts,
            first=kinds[ends - sizes],
            last=kinds[ends - 2],
            words=words,
            line_of=line[starts],
            capital=kinds[starts] == UPPER,
            which=which,
            times=times,
        )


def words_in(text: str) -> Hashes:
    """The hashes of the words of ``text``, as in ``Characters.words``."""
    codes = _codes(text)
    kinds = _tables()[0][codes]
    return _hashes(codes, kinds, _starts(kinds))


def _codes(text: str) -> Integers:
    """The code points of ``text``, all beyond the basic plane one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, _PLANE).astype(np.int64)


def _starts(kinds: Kinds) -> Integers:
    """Where words begin."""
    inside = _inside(kinds)
    return np.flatnonzero(inside & (~np.concatenate([[False], inside[:-1]]) | (kinds == UNSPACED)))


def _inside(kinds: Kinds) -> npt.NDArray[np.bool_]:
    return (kinds >= LOWER) & (kinds <= DIGIT)


def _hashes(codes: Integers, kinds: Kinds, starts: Integers) -> Hashes:
    """A hash of each word: the sum of its characters, each multiplied by the power of its place."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    begins = np.zeros(len(codes), dtype=np.int64)
    begins[starts] = starts
    place = np.arange(len(codes)) - np.maximum.accumulate(begins)
    worth = _powers()[np.minimum(place, _LONGEST_WORD)]
    sums = np.add.reduceat(np.where(_inside(kinds), _tables()[1][codes] * worth, np.uint64(0)), starts)
    return np.asarray((sums ^ (sums >> np.uint64(31))) * _PRIME, dtype=np.uint64) >> np.uint64(24)


@cache
def _powers() -> Hashes:
    powers = [1]
    for _ in range(_LONGEST_WORD - 1):
        powers.append(powers[-1] * int(_PRIME) % (1 << 64))
    return np.array([*powers, 0], dtype=np.uint64)


@cache
def _tables() -> tuple[Kinds, Hashes]:
    """The kind of each character of the basic plane, and its lower case without accent; all beyond it is OTHER."""
    kinds = np.full(_PLANE + 1, OTHER, dtype=np.uint8)
    lower = np.arange(_PLANE + 1, dtype=np.uint64)
    for code in range(_PLANE):
        character = chr(code)
        kinds[code] = _kind(code, unicodedata.category(character))
        folded = character.lower()
        if code < _ACCENTED:
            folded = unicodedata.normalize("NFD", folded)[:1]
        lower[code] = ord(folded) if len(folded) == 1 else code
    for kind, characters in _MARKS.items():
        kinds[[ord(character) for character in characters]] = kind
    return kinds, lower


def _kind(code: int, category: str) -> int:
    if 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7AF or 0x0E00 <= code <= 0x0E4F:
        return UNSPACED if category[0] in "LM" else OTHER
    if category[0] == "L":
        return {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER}.get(category, UNCASED)
    if category[0] == "M":
        return UNCASED
    if category == "Nd":
        return DIGIT
    return SPACE if category[0] == "Z" or code == 0x0A else OTHER
