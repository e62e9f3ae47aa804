"""A sketch: the few hundred bytes of an article that deciding needs. Pure, so it may be made anywhere, in any order."""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import xxhash

from copydesk.pipeline.deduplication.notices import Notice, notice_in
from copydesk.pipeline.deduplication.words import NUMBER, U8, U32, U64, Words, read
from copydesk.schemas import Article

SHINGLE_WORDS: Final = 3
SHINGLE_CHARACTERS: Final = 5  # in scripts without spaces
A_QUARTER: Final = 2**30 - 1  # of the shingles' hashes are not above it
EVERY: Final = 2**32 - 1
KEEP_AT_LEAST: Final = 64
KEEP_AT_MOST: Final = 512
MAX_ANCHORS: Final = 256
MAX_PARAGRAPHS: Final = 255
MAX_CHARACTERS: Final = 200_000  # of a text that are sampled; the exact hash reads all of it
FIRST_LINES: Final = 8
LAST_LINES: Final = 8
TITLE_IN_EXACT: Final = 8  # a text of fewer words says too little without its title ("Read more")

INNER: Final = 255
_PLACES: Final = np.arange(FIRST_LINES + LAST_LINES, dtype=np.uint8)

U16 = npt.NDArray[np.uint16]

_MULTIPLIERS: Final = tuple(
    map(
        np.uint64,
        (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD),
    )
)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64
_SHIFT, _UPPER, _UPPER_ANCHOR = np.uint64(31), np.uint64(32), np.uint64(49)
_KINDS, _KIND_BITS, _EVEN = np.uint64(3), np.uint64(2), np.uint32(0xFFFFFFFE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What deciding needs to know of an article. Arrays are bytes, little-endian, so that it travels small.

    ``shingles``: the sample, 32 bits each, in the order of the text; the lowest bit says that it holds an anchor.
    ``threshold``: every shingle of the text whose hash is not above it is in the sample. ``anchors``: numbers (lowest
    bit 1) and names (0), 16 bits each. ``lines``: a hash of (outlet, line) for the first and last lines;
    ``shingle_line`` and ``anchor_line`` say in which of them each stands first (255: in none). ``length`` is in
    characters, times are seconds since 1970 or None. ``agency_own``: the outlet is the agency whose copy it is.
    ``paragraphs``: 16 bits of the hash of each. ``notice``: what the text says of itself. ``gone``: there is no text,
    the page is not there any more.
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
    paragraphs: bytes = b""
    notice: Notice | None = None
    gone: bool = False


def sketch(article: Article) -> Sketch:
    """The sketch of ``article``. Any text will do, an empty one too."""
    words = read(article.text[:MAX_CHARACTERS])
    title = _letters_and_digits(article.title or "")
    outlet = (article.source.domain or article.source.name or "").casefold()
    line_of, lines = _outer_lines(words)
    size = SHINGLE_CHARACTERS if words.unspaced else SHINGLE_WORDS
    shingles, shingle_line, threshold = _sample(words.hashes, line_of, size)
    anchors, anchor_line = _anchors(words.hashes, line_of)
    return Sketch(
        id=article.id,
        source=xxhash.xxh32_intdigest(_utf8(outlet)),
        title=xxhash.xxh3_64_intdigest(title),
        exact=_exact(article.text, words, title),
        threshold=threshold,
        shingles=shingles,
        shingle_line=shingle_line,
        anchors=anchors,
        anchor_line=anchor_line,
        lines=lines.tobytes(),
        length=len(article.text),
        published=_seconds(article.published_at),
        modified=_seconds(article.modified_at),
        fetched=_seconds(article.fetched_at),
        agency_own=article.agency is not None and article.agency.name.casefold() in outlet,
        paragraphs=words.line_hashes[:MAX_PARAGRAPHS].astype(np.uint16).tobytes(),
        notice=notice_in(article.text),
        gone=article.lifecycle == "withdrawn",
    )


def _outer_lines(words: Words) -> tuple[U8, U32]:
    """For each word the number of its line among the outer ones, 255 in an inner one; and the hashes of the outer."""
    count, kept = len(words.line_hashes), FIRST_LINES + LAST_LINES
    if count <= kept:
        return words.lines.astype(np.uint8), words.line_hashes
    numbers = np.full(count, INNER, np.uint8)
    numbers[:FIRST_LINES], numbers[-LAST_LINES:] = _PLACES[:FIRST_LINES], _PLACES[FIRST_LINES:]
    return numbers[words.lines], words.line_hashes[numbers != INNER]


def _sample(hashes: U64, line_of: U8, size: int) -> tuple[bytes, bytes, int]:
    """FracMinHash: the same quarter of all shingles in every text; more of a short text, not all of a long one."""
    shingles = _shingles(hashes, min(size, len(hashes)))
    threshold = A_QUARTER
    if not KEEP_AT_LEAST <= np.count_nonzero(shingles <= A_QUARTER) <= KEEP_AT_MOST:
        ordered = np.sort(shingles)  # np.unique takes three times as long for so few
        distinct = ordered[np.diff(ordered, prepend=ordered[:1] ^ 1) != 0]
        quarter = int(distinct.searchsorted(A_QUARTER, "right"))
        wanted = min(max(quarter, KEEP_AT_LEAST), KEEP_AT_MOST)
        threshold = int(distinct[wanted - 1]) if wanted < len(distinct) else EVERY
    kept, lines = _distinct(shingles, line_of, shingles <= threshold)
    return array("I", kept).tobytes(), bytes(lines), threshold


def _shingles(hashes: U64, size: int) -> U32:
    """A 32-bit hash of every ``size`` words in a row, the lowest bit set where one of them is an anchor."""
    count = len(hashes) - size + 1
    if not size:
        return np.empty(0, np.uint32)
    words, is_anchor = hashes >> _KIND_BITS, (hashes & _KINDS) != 0
    mixed, anchored = words[:count] * _MULTIPLIERS[0], is_anchor[:count]
    for place in range(1, size):
        mixed = mixed + words[place : place + count] * _MULTIPLIERS[place]
        anchored = anchored | is_anchor[place : place + count]
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX
    sampled: U32 = (mixed >> _UPPER).astype(np.uint32) & _EVEN | anchored
    return sampled


def _anchors(hashes: U64, line_of: U8) -> tuple[bytes, bytes]:
    """Numbers and names, 16 bits of each."""
    kinds = hashes & _KINDS
    short = (hashes >> _UPPER_ANCHOR).astype(np.uint16) << 1 | (kinds == NUMBER)
    kept, lines = _distinct(short, line_of, kinds != 0)
    return array("H", kept[:MAX_ANCHORS]).tobytes(), bytes(lines[:MAX_ANCHORS])


def _distinct(values: U16 | U32, line_of: U8, which: npt.NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """Those of ``values`` that are wanted, once each and in order, with the line in which each stands first."""
    places = which.nonzero()[0]
    # Backwards, so that of two lines the first is the one that stays.
    lines = dict(zip(values[places].tolist()[::-1], line_of[places].tolist()[::-1], strict=True))
    return list(lines)[::-1], list(lines.values())[::-1]


def _exact(text: str, words: Words, title: bytes) -> bytes:
    """128 bits of the letters and digits of the text, without case; of a few words, of the title too."""
    if len(text) > MAX_CHARACTERS:
        return xxhash.xxh3_128_digest(words.exact + _utf8("".join(text[MAX_CHARACTERS:].casefold().split())))
    return words.exact if len(words.hashes) >= TITLE_IN_EXACT else xxhash.xxh3_128_digest(words.exact + title)


def _letters_and_digits(title: str) -> bytes:
    return _utf8("".join(filter(str.isalnum, unicodedata.normalize("NFKC", title).casefold())))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _seconds(when: datetime | None) -> int | None:
    """Whole seconds since 1970, in the range that 32 bits hold."""
    return None if when is None else min(max(int(when.timestamp()), 0), 2**32 - 2)
