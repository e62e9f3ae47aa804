"""What can be seen of each line of a dump: itself, its neighbours, its words among the words of the page.

Nothing here knows a language. The words that pages everywhere use round their articles (``lexicon``) are one witness of
many, the words of the page's address another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt

from copydesk.pipeline.extraction.addresses.address import parts_of
from copydesk.pipeline.extraction.text.characters import (  # fmt: skip
    BAR,
    BRACKET,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    END,
    LOWER,
    OTHER,
    QUOTE,
    UNCASED,
    UNSPACED,
    UPPER,
    Characters,
    words_in,
)
from copydesk.pipeline.extraction.text.phrases import KINDS, SHORT, kind_of

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

LEXICON_BITS: Final = 16
"""The lexicon has so many slots, a power of two: the worth of words and of pairs of words, by their hash."""
SEEN_OFTEN: Final = 3  # times a word is on the page: of, and, the; whatever the language
SHIFTS: Final = (-4, -3, -2, -1, 1, 2, 3, 4)
WIDE: Final = (3, 8, 20)  # lines to each side over which is summed

OWN: Final = (
    *("length", "words", "mean_word", "capitals", "upper", "digits", "commas", "stops", "quotes", "bars", "brackets"),
    *("colons", "dashes", "ends", "ends_quote", "ends_other", "starts_lower", "starts_digit", "starts_mark"),
    *("unspaced", "uncased", "times_seen", "common", "once", "lexicon", "lexicon_sum", "lexicon_first"),
    *("lexicon_last", "clock", "kind", "prose", "slug_share", "slug_cover", "vocabulary", "vocabulary_rare"),
)
SHIFTED: Final = ("length", "ends", "capitals", "common", "lexicon", "kind", "clock", "prose")
NAMES: Final = (
    *OWN,
    *(f"{name}{shift:+d}" for shift in SHIFTS for name in SHIFTED),
    *(f"prose_{side}{lines}" for lines in WIDE for side in ("before", "after")),
    *(f"lexicon_{side}{lines}" for lines in WIDE for side in ("before", "after")),
    *("vocabulary_before4", "vocabulary_after4", "number", "from_end", "share_above", "lines"),
    *("in_run", "below_run_start", "above_run_end", "in_worded_run", "below_worded_start", "above_worded_end"),
    "below_slug",
)

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_KIND: Final[dict[str | None, int]] = {None: 0, **{kind: number for number, kind in enumerate(KINDS, 1)}}
_CLOCK_OR_YEAR: Final = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d?\d[:.h]\d\d|\d\d?[./]\d\d?[./]\d\d)(?!\d)")
_CLOCK_WITHIN: Final = 160  # characters of a line whose clock may be the article's
_NO_SLUG: Final = frozenset({"html", "htm", "php", "news", "article", "articles", "story"})
_SLUG_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def features(lines: Sequence[str], characters: Characters, lexicon: Floats, url: str | None) -> Floats:
    """Lines x NAMES."""
    columns = dict(zip(OWN[: OWN.index("slug_share")], _own(lines, characters, lexicon), strict=True))
    columns["slug_share"], columns["slug_cover"] = _slug(characters, url, len(lines))
    prose, worded = columns["prose"], columns["lexicon_sum"]
    likely = 1 / (1 + np.exp(0.5 - 1.5 * prose - 0.3 * np.clip(worded, -5, 5)))  # a first guess, set by hand
    columns["vocabulary"], columns["vocabulary_rare"] = vocabulary(likely, characters)
    own = np.column_stack([columns[name] for name in OWN])
    around = [
        *shifted(np.column_stack([columns[name] for name in SHIFTED]), SHIFTS),
        *sums_around(prose, WIDE),
        *sums_around(np.clip(worded, -20, 20), WIDE),
        *sums_around(columns["vocabulary"], (4,)),
    ]
    return np.column_stack([own, *around, *_place(columns)]).astype(np.float32)


def terms(characters: Characters) -> tuple[Integers, Integers, Integers, Integers]:
    """What the lexicon knows a line by: its words, its pairs of words, its first and its last word marked as such.

    Returns:
        The slot in the lexicon and the line of each term, and which of the terms are first and last words.
    """
    words, line_of = characters.words, characters.line_of
    same = line_of[1:] == line_of[:-1]
    edge = np.ones(min(1, len(words)), dtype=bool)
    first, last = np.flatnonzero(np.concatenate([edge, ~same])), np.flatnonzero(np.concatenate([~same, edge]))
    pairs = (words[:-1] * np.uint64(3) + words[1:])[same]
    every = np.concatenate([words, pairs, words[first] * np.uint64(5), words[last] * np.uint64(7)])
    lines = np.concatenate([line_of, line_of[:-1][same], line_of[first], line_of[last]])
    slots = ((every * _MIX) >> np.uint64(64 - LEXICON_BITS)).astype(np.int64)
    start = len(words) + len(pairs)
    return slots, lines, np.arange(start, start + len(first)), np.arange(start + len(first), len(every))


def best_run(worth: npt.NDArray[np.floating]) -> tuple[int, int]:
    """The run of lines whose worth adds up highest, as (first, end); equal where none is worth anything."""
    total = np.concatenate([[0.0], np.cumsum(worth, dtype=np.float64)])
    end = int((total - np.minimum.accumulate(total)).argmax())
    return int(total[: end + 1].argmin()), end


def vocabulary(likely: npt.NDArray[np.floating], characters: Characters) -> tuple[Floats, Floats]:
    """How much each line's words stand, elsewhere on the page, in lines that are ``likely`` body: of all, of rare ones.

    From 0 to 1; -1 for a line whose words stand nowhere else.
    """
    count, line_of, which, times = len(likely), characters.line_of, characters.which, characters.times
    own = likely[line_of]
    inside = np.bincount(which, weights=own, minlength=len(times))
    elsewhere = times[which] - 1
    share = (inside[which] - own) / np.maximum(elsewhere, 1)
    both = []
    for counted in (elsewhere > 0, (elsewhere > 0) & (elsewhere < 2 * SEEN_OFTEN)):
        total = np.bincount(line_of, weights=counted, minlength=count)
        found = np.bincount(line_of, weights=share * counted, minlength=count)
        both.append(np.where(total > 0, found / np.maximum(total, 1), -1.0).astype(np.float32))
    return both[0], both[1]


def shifted(columns: Floats, shifts: Sequence[int]) -> list[Floats]:
    """``columns`` of the lines so many lines above or below, one array a shift; -9 beyond the page."""
    most, count = max(map(abs, shifts)), len(columns)
    edge = np.full((most, columns.shape[1]), -9, dtype=np.float32)
    padded = np.vstack([edge, columns, edge])
    return [padded[most + shift : most + shift + count] for shift in shifts]


def sums_around(values: npt.NDArray[np.floating], spans: Sequence[int]) -> list[npt.NDArray[np.floating]]:
    """For each span the sums over that many lines before, and after."""
    count = len(values)
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    number = np.arange(count)
    sums = []
    for lines in spans:
        sums.append(total[number] - total[np.maximum(number - lines, 0)])
        sums.append(total[np.minimum(number + 1 + lines, count)] - total[number + 1])
    return sums


def _own(lines: Sequence[str], characters: Characters, lexicon: Floats) -> list[Floats]:
    count, line_of = len(lines), characters.line_of
    counts = characters.counts.astype(np.float32)
    length = counts.sum(axis=1) - 1  # but for the line break
    words = np.maximum(np.bincount(line_of, minlength=count), 1)
    used = characters.times[characters.which]
    slots, slot_line, first_words, last_words = terms(characters)
    worth = lexicon[slots]
    worth_of_line = np.bincount(slot_line, weights=worth, minlength=count)
    letters = counts[:, LOWER] + counts[:, UPPER] + counts[:, UNCASED] + counts[:, UNSPACED]
    first, last = characters.first, characters.last
    ends = last == END
    quoted_end = (last == QUOTE) & (counts[:, END] > 0)
    seen = Counter(lines)
    unspaced = counts[:, UNSPACED] > 0.3 * letters
    columns: tuple[npt.ArrayLike, ...] = (
        np.log1p(length),
        np.log1p(words),
        letters / words,
        np.bincount(line_of, weights=characters.capital, minlength=count) / words,
        counts[:, UPPER] / np.maximum(letters, 1),
        counts[:, DIGIT] / length,
        np.minimum(counts[:, COMMA], 10),
        np.minimum(counts[:, END] - ends, 10),
        np.minimum(counts[:, QUOTE], 8),
        counts[:, BAR],
        np.minimum(counts[:, BRACKET], 6),
        np.minimum(counts[:, COLON], 4),
        np.minimum(counts[:, DASH], 4),
        ends,
        quoted_end,
        (last == COLON) | (last == COMMA) | (last == DASH) | (last == OTHER),
        first == LOWER,
        first == DIGIT,
        (first >= END) | (first == OTHER),
        counts[:, UNSPACED] / length,
        counts[:, UNCASED] / length,
        np.minimum([seen[line] for line in lines], 5),
        np.bincount(line_of, weights=used > SEEN_OFTEN, minlength=count) / words,
        np.bincount(line_of, weights=used == 1, minlength=count) / words,
        worth_of_line / words,
        np.clip(worth_of_line, -20, 20),
        np.bincount(slot_line[first_words], weights=worth[first_words], minlength=count),
        np.bincount(slot_line[last_words], weights=worth[last_words], minlength=count),
        _clocks(lines, counts[:, DIGIT]),
        [_KIND[kind_of(line)] if len(line) < SHORT else 0 for line in lines],
        _prose(length * np.where(unspaced, 2.5, 1.0), ends | quoted_end),
    )
    return [np.asarray(column, dtype=np.float32) for column in columns]


def _clocks(lines: Sequence[str], digits: Floats) -> npt.NDArray[np.bool_]:
    """Which short lines hold a clock or a year."""
    found = np.zeros(len(lines), dtype=bool)
    for number in np.flatnonzero(digits > 2).tolist():
        line = lines[number]
        found[number] = len(line) < _CLOCK_WITHIN and _CLOCK_OR_YEAR.search(line) is not None
    return found


def _prose(length: npt.NDArray[np.floating], ended: npt.NDArray[np.bool_]) -> Floats:
    """How much a line reads like prose: long, and ended like a sentence."""
    long = np.minimum(length / 80, 4.0) * np.where(ended, 1.0, 0.25) - np.where(ended, 0.0, 0.6)
    return np.where(length < 40, np.where(ended, -0.5, -1.0), long).astype(np.float32)


def _slug(characters: Characters, url: str | None, count: int) -> tuple[Floats, Floats]:
    """The share of each line's words that the address holds, and the share of the address's words that it does."""
    slug = {word for word in _SLUG_WORD.findall(unquote(parts_of(url).path)) if word not in _NO_SLUG}
    wanted = np.unique(words_in(" ".join(sorted(slug))))
    if not len(wanted):
        return np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    found = np.bincount(characters.line_of, weights=np.isin(characters.words, wanted), minlength=count)
    words = np.maximum(np.bincount(characters.line_of, minlength=count), 1)
    short = characters.counts.sum(axis=1) < 300  # a paragraph has all words
    return (found / words * short).astype(np.float32), (np.minimum(found / len(wanted), 1) * short).astype(np.float32)


def _place(columns: dict[str, Floats]) -> list[npt.NDArray[np.generic]]:
    count = len(columns["prose"])
    number = np.arange(count)
    sizes = np.expm1(columns["length"])
    cover = columns["slug_cover"]
    slug = count - 1 - int(cover[::-1].argmax()) if cover.max() > 0.3 else None
    place = [
        np.minimum(number, 300),
        np.minimum(count - number, 300),
        (np.cumsum(sizes) - sizes) / sizes.sum(),
        np.full(count, min(count, 500)),
    ]
    for worth in (columns["prose"], columns["prose"] + 0.3 * np.clip(columns["lexicon_sum"], -4, 4)):
        start, end = best_run(worth)
        place += [(number >= start) & (number < end), np.clip(number - start, -30, 60), np.clip(end - number, -30, 60)]
    return [*place, np.full(count, -99) if slug is None else np.clip(number - slug, -30, 60)]
