"""A sketch: the few hundred bytes of an article that deciding needs. Pure, so it may be made anywhere, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
import xxhash

from pipeline.deduplication.words import compatible, is_unspaced, word_hash, words
from schemas import Article

SHINGLE_WORDS: Final = 3
SHINGLE_CHARACTERS: Final = 5  # in scripts without spaces
KEEP_BELOW: Final = 2**30  # of 2^32: one shingle in four
KEEP_AT_LEAST: Final = 64
KEEP_AT_MOST: Final = 512
MAX_ANCHORS: Final = 256
MAX_CHARACTERS: Final = 200_000  # of a text that are sampled; the exact hash reads all of it
FIRST_LINES: Final = 8
LAST_LINES: Final = 8
TITLE_IN_EXACT: Final = 8  # a text of fewer words says too little without its title ("Read more")

U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

_MULTIPLIERS: Final = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD,
)  # fmt: skip
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64


@dataclass(frozen=True, slots=True)
class Sketch:
    """What deciding needs to know of an article. Arrays are bytes, little-endian, so that it travels small.

    ``shingles``: the sample, 32 bits each, in the order of the text; the lowest bit says that it holds an anchor.
    ``threshold``: every shingle of the text whose hash is not above it is in the sample. ``anchors``: numbers (lowest
    bit 1) and names (0), 16 bits each, ascending. ``lines``: a hash of (outlet, line) for the first and last lines;
    ``shingle_line`` and ``anchor_line`` say in which of them each stands first (255: in none). ``length`` is in
    characters, times are seconds since 1970 or None. ``agency_own``: the outlet is the agency whose copy it is.
    """

    id: str
    source: int
    title: int
    exact: bytes
    threshold: int
    shingles: bytes
    shingle_line: bytes
    anchors: bytes
    anchor_line: bytes
    lines: bytes
    length: int
    published: int | None
    modified: int | None
    fetched: int | None
    agency_own: bool


def sketch(article: Article) -> Sketch:
    """The sketch of ``article``. Any text will do, an empty one too."""
    text = compatible(article.text)
    title = compatible(article.title or "")
    unspaced = is_unspaced(text[:2000])
    outlet = (article.source.domain or article.source.name or "").casefold()
    lines = [stripped for line in text[:MAX_CHARACTERS].split("\n") if (stripped := line.strip())]
    by_line = [words(line, unspaced) for line in lines]
    hashes = np.fromiter(map(word_hash, chain.from_iterable(by_line)), np.uint64)
    line_of = np.repeat(_line_numbers(len(lines)), [len(found) for found in by_line])
    shingles, shingle_line, threshold = _sample(hashes, line_of, SHINGLE_CHARACTERS if unspaced else SHINGLE_WORDS)
    anchors, anchor_line = _anchors(hashes, line_of)
    return Sketch(
        id=article.id,
        source=xxhash.xxh32_intdigest(_utf8(outlet)),
        title=xxhash.xxh3_64_intdigest(_utf8(" ".join(words(title, unspaced)).casefold())),
        exact=_exact(text, title, unspaced, by_line),
        threshold=threshold,
        shingles=shingles.tobytes(),
        shingle_line=shingle_line.tobytes(),
        anchors=anchors.tobytes(),
        anchor_line=anchor_line.tobytes(),
        lines=np.array([_line_hash(line) for line in _outer(lines)], np.uint32).tobytes(),
        length=len(article.text),
        published=_seconds(article.published_at),
        modified=_seconds(article.modified_at),
        fetched=_seconds(article.fetched_at),
        agency_own=article.agency is not None and article.agency.name.casefold() in outlet,
    )


def _outer(lines: list[str]) -> list[str]:
    return lines if len(lines) <= FIRST_LINES + LAST_LINES else lines[:FIRST_LINES] + lines[-LAST_LINES:]


def _line_numbers(count: int) -> npt.NDArray[np.uint8]:
    """For each of ``count`` lines its place among the outer ones, 255 for an inner one."""
    numbers = np.full(count, 255, np.uint8)
    outer = min(count, FIRST_LINES + LAST_LINES)
    head = outer if count == outer else FIRST_LINES
    numbers[:head] = np.arange(head)
    numbers[count - (outer - head) :] = np.arange(head, outer)
    return numbers


def _sample(hashes: U64, line_of: npt.NDArray[np.uint8], size: int) -> tuple[U32, npt.NDArray[np.uint8], int]:
    """FracMinHash: the same quarter of all shingles in every text; more of a short text, not all of a long one."""
    if not len(hashes):
        return np.empty(0, np.uint32), line_of, 2**32 - 1
    shingles = _shingles(hashes, min(size, len(hashes)))
    distinct, first = np.unique(shingles, return_index=True)
    kept = min(max(int(np.searchsorted(distinct, KEEP_BELOW)), KEEP_AT_LEAST), KEEP_AT_MOST)
    threshold = max(int(distinct[kept]) - 1, KEEP_BELOW * (kept < KEEP_AT_MOST)) if kept < len(distinct) else 2**32 - 1
    in_order = np.sort(first[:kept])
    return shingles[in_order], line_of[in_order], threshold


def _shingles(hashes: U64, size: int) -> U32:
    """A 32-bit hash of every ``size`` words in a row, the lowest bit set where one of them is an anchor."""
    count = len(hashes) - size + 1
    mixed = np.zeros(count, np.uint64)
    kinds = np.zeros(count, np.uint64)
    for place in range(size):
        word = hashes[place : place + count]
        kinds |= word
        mixed = (mixed ^ (word >> np.uint64(2)) * np.uint64(_MULTIPLIERS[place])) * _MIX
        mixed ^= mixed >> np.uint64(29)
    anchored = (kinds & np.uint64(3)) != 0
    return (mixed >> np.uint64(32)).astype(np.uint32) & np.uint32(0xFFFFFFFE) | anchored


def _anchors(hashes: U64, line_of: npt.NDArray[np.uint8]) -> tuple[U16, npt.NDArray[np.uint8]]:
    """Numbers and names, and the line each first stands in."""
    places = np.flatnonzero(hashes & np.uint64(3))
    marked = hashes[places]
    short = (marked >> np.uint64(47)).astype(np.uint16) & np.uint16(0xFFFE) | ((marked & np.uint64(2)) != 0)
    distinct, first = np.unique(short, return_index=True)
    return distinct[:MAX_ANCHORS], line_of[places[first[:MAX_ANCHORS]]]


def _exact(text: str, title: str, unspaced: bool, by_line: list[list[str]]) -> bytes:
    """128 bits of the letters and digits of the text, without case; of a few words, of the title too."""
    found = list(chain.from_iterable(by_line)) if len(text) <= MAX_CHARACTERS else words(text, unspaced)
    if len(found) < TITLE_IN_EXACT:
        found += ["", *words(title, unspaced)]
    return xxhash.xxh3_128_digest(_utf8("".join(found).casefold()))


def _line_hash(line: str) -> int:
    return xxhash.xxh32_intdigest(_utf8(line.casefold()))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _seconds(when: datetime | None) -> int | None:
    """Whole seconds since 1970, in the range that 32 bits hold."""
    return None if when is None else min(max(int(when.timestamp()), 0), 2**32 - 2)
