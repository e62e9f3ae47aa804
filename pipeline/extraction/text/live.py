"""A live blog in a dump: lines with a time of day that follow each other in order, each with text below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from copydesk.pipeline.extraction.addresses.address import parts_of
from copydesk.pipeline.extraction.live_words import called_live
from copydesk.pipeline.extraction.refusing.signs import weight
from copydesk.pipeline.extraction.text.features import Floats
from copydesk.pipeline.extraction.text.phrases import KINDS
from copydesk.pipeline.extraction.time.clock_line import clock_line

ENTRY_TIME: Final = "entry-time"
FEWEST: Final = 5  # entries
APART: Final = 60  # lines between two times
IN_ORDER: Final = 0.8  # of the steps from time to time that go the same way; a day may end in between
WITH_TEXT: Final = 0.6  # of the entries that hold a line of prose
SHARE: Final = 0.4  # of the dump's prose that they hold, but for the last
PROSE: Final = 60  # characters
HEADING: Final = range(3, 201)  # characters
ABOVE: Final = 60  # lines above the first time, among which the headline is
WORDS: Final = 4  # of a headline that says so
LAST: Final = 2  # lines of the last entry that are surely its own
AGAIN: Final = 3  # times that a line is printed which is a button or a name
_ENDS: Final = tuple(".!?…:。！？।۔\"”»」')")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LIKELY_TEXT, LIKELY_HEADING = 0.25, 0.1  # chance of being body from which on a line of an entry is kept
_NO_TEXT: Final = re.compile(r"https?://\S+$|.{0,80}\(@\w+\)|@\w+$|.{0,400}\bpic\.(?:twitter|x)\.com/")
_WORD: Final = re.compile(r"\w+")


def entry_times(texts: Sequence[str], url: str | None) -> tuple[int, ...]:
    """The lines that tell the times of a live blog's entries; none where the dump is of something else."""
    clocks = {i: at for i, text in enumerate(texts) if not _YEAR.search(text) and (at := clock_line(text)) is not None}
    if len(clocks) < FEWEST:
        return ()
    runs: list[list[int]] = []
    for i in clocks:
        if runs and i - runs[-1][-1] <= APART:
            runs[-1].append(i)
        else:
            runs.append([i])
    best = max(runs, key=len)
    if len(best) < FEWEST or not (_in_order([clocks[i] for i in best]) and _with_text(texts, best)):
        return ()
    if _prose(texts[best[0] : best[-1]]) < SHARE * _prose(texts):
        return ()
    above = (_WORD.findall(text.casefold()) for text in texts[max(0, best[0] - ABOVE) : best[0]])
    titled = called_live("title", (" ".join(words) for words in above if len(words) >= WORDS))
    return tuple(best) if titled or called_live("address", [parts_of(url).path.lower()]) else ()


def keep_entries(texts: Sequence[str], labels: list[str], chances: Floats, times: Sequence[int], body: str) -> None:
    """Labels what belongs to the entries ``body``, and their times ``ENTRY_TIME``."""
    if not times:
        return
    opened, last = frozenset(times), min(times[-1] + LAST, len(texts) - 1)
    printed = Counter(texts[times[0] : times[-1]])
    said = [_is_text(texts[i], chances[i]) and labels[i] not in KINDS for i in range(times[0], last + 1)]
    for i in range(times[0], last + 1):
        text, below = texts[i], said[i - times[0] + 1 : i - times[0] + 2]
        if i in opened:
            labels[i] = ENTRY_TIME
        elif printed[text] >= AGAIN or _NO_TEXT.match(text):
            labels[i] = "repeated" if labels[i] == body else labels[i]
        elif said[i - times[0]]:
            labels[i] = body
        elif i - 1 in opened and labels[i] not in KINDS and len(text) in HEADING:
            labels[i] = body if chances[i] >= LIKELY_HEADING or any(below) else labels[i]


def _is_text(text: str, chance: float) -> bool:
    return chance >= LIKELY_TEXT and (weight(text) >= PROSE or text.endswith(_ENDS))


def _in_order(clocks: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(clocks)]
    down, up = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    return max(down, up) >= IN_ORDER * (down + up) and down + up >= len(steps) / 2


def _prose(texts: Sequence[str]) -> int:
    return sum(size for size in map(weight, texts) if size >= PROSE)


def _with_text(texts: Sequence[str], times: Sequence[int]) -> bool:
    gaps = list(pairwise(times))
    full = sum(any(weight(text) >= PROSE for text in texts[before + 1 : after]) for before, after in gaps)
    return full >= WITH_TEXT * len(gaps)
