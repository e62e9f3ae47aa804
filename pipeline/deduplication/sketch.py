"""A sketch: the few hundred bytes of an article that deciding needs. Pure, so it may run anywhere, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
import xxhash

from pipeline.deduplication.words import KATAKANA_NAME, compatible, is_unspaced, word_hash, words
from schemas import Article

SHINGLE_WORDS: Final = 3
SHINGLE_CHARACTERS: Final = 5  # in scripts without spaces
KEEP_BELOW: Final = 2**30  # of 2^32: one shingle in four
KEEP_AT_LEAST: Final = 48
KEEP_AT_MOST: Final = 512
MAX_ANCHORS: Final = 256
MAX_CHARACTERS: Final = 200_000  # of a text that are read; beyond it only the exact hash tells texts apart

U32 = npt.NDArray[np.uint32]
U16 = npt.NDArray[np.uint16]
U64 = npt.NDArray[np.uint64]

_MULTIPLIERS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD], np.uint64
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What deciding needs to know of an article. Arrays are little-endian bytes, so that it pickles small.

    ``shingles`` and ``anchors`` hold 32-bit hashes in ascending order, ``shingle_lines`` and ``anchor_lines`` the
    number of the line each first stands in, ``lines`` a hash of (source, line) for every line. Times are seconds since
    1970; None is unknown. ``length`` is in characters. ``agency_own``: the outlet is the agency whose copy it is.
    """

    id: str
    source: int
    exact: bytes
    title: int
    shingles: bytes
    shingle_lines: bytes
    anchors: bytes
    anchor_lines: bytes
    lines: bytes
    length: int
    published: int | None
    modified: int | None
    fetched: int | None
    agency_own: bool


def sketch(article: Article) -> Sketch:
    """The sketch of ``article``, of its text above all."""
    text = compatible(article.text)
    unspaced = is_unspaced(text[:2000])
    lines = [line for line in text[:MAX_CHARACTERS].splitlines() if line and not line.isspace()][: 2**16 - 1]
    by_line = [words(line, unspaced) for line in lines]
    hashes = np.fromiter(map(word_hash, chain.from_iterable(by_line)), np.uint64)
    line_of = np.repeat(np.arange(len(lines), dtype=np.uint16), [len(found) for found in by_line])
    shingles, shingle_lines = _sample(_shingles(hashes, SHINGLE_CHARACTERS if unspaced else SHINGLE_WORDS), line_of)
    anchors, anchor_lines = _anchors(hashes, line_of, lines if unspaced else [])
    outlet = (article.source.domain or article.source.name or "").casefold()
    return Sketch(
        id=article.id,
        source=xxhash.xxh3_64_intdigest(_utf8(outlet)) >> 32,
        exact=_exact(text, article.title or "", unspaced),
        title=xxhash.xxh3_64_intdigest(_utf8(" ".join(words(compatible(article.title or ""), False)).casefold())),
        shingles=shingles.tobytes(),
        shingle_lines=shingle_lines.tobytes(),
        anchors=anchors.tobytes(),
        anchor_lines=anchor_lines.tobytes(),
        lines=np.array([_line_hash(outlet, line) for line in lines], np.uint32).tobytes(),
        length=len(article.text),
        published=_seconds(article.published_at),
        modified=_seconds(article.modified_at),
        fetched=_seconds(article.fetched_at),
        agency_own=article.agency is not None and article.agency.name.casefold() in outlet,
    )


def _shingles(hashes: U64, size: int) -> U32:
    """A 32-bit hash of every ``size`` words in a row; of all of them when there are fewer."""
    if not len(hashes):
        return np.empty(0, np.uint32)
    size = min(size, len(hashes))
    last = len(hashes) - size + 1
    mixed = np.zeros(last, np.uint64)
    for place in range(size):
        mixed ^= (hashes[place : place + last] >> np.uint64(1)) * _MULTIPLIERS[place]
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return ((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _sample(shingles: U32, line_of: U16) -> tuple[U32, U16]:
    """FracMinHash: the same quarter of all shingles in every text; more of a short text, a limit for a long one."""
    distinct, first = np.unique(shingles, return_index=True)
    kept = min(max(int(np.searchsorted(distinct, KEEP_BELOW)), KEEP_AT_LEAST), KEEP_AT_MOST, len(distinct))
    return distinct[:kept], line_of[first[:kept]]


def _anchors(hashes: U64, line_of: U16, unspaced_lines: list[str]) -> tuple[U32, U16]:
    """Numbers, capitalised words and katakana names, and the line each first stands in."""
    is_anchor = (hashes & np.uint64(1)).astype(bool)
    found, places = (hashes[is_anchor] >> np.uint64(32)).astype(np.uint32), line_of[is_anchor]
    names = [(n, word_hash(w) >> 32) for n, line in enumerate(unspaced_lines) for w in KATAKANA_NAME.findall(line)]
    if names:
        found = np.concatenate([found, np.array([hashed for _, hashed in names], np.uint32)])
        places = np.concatenate([places, np.array([number for number, _ in names], np.uint16)])
    distinct, first = np.unique(found, return_index=True)
    return distinct[:MAX_ANCHORS], places[first[:MAX_ANCHORS]]


def _exact(text: str, title: str, unspaced: bool) -> bytes:
    """128 bits of the letters and digits of the text, without case."""
    return xxhash.xxh3_128_digest(_utf8("".join(words(text, unspaced)).casefold()))


def _line_hash(outlet: str, line: str) -> int:
    return xxhash.xxh3_64_intdigest(_utf8(f"{outlet}\n{line.strip().casefold()}")) >> 32


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _seconds(when: datetime | None) -> int | None:
    """Whole seconds since 1970 in the range that 32 bits hold."""
    return None if when is None else min(max(int(when.timestamp()), 0), 2**32 - 2)
