"""The names of places in a text that no pipeline reads: what the gazetteer is sure of, as the script allows.

Where letters have case, a name begins with a capital, and a city stands behind a word that says where ("nach Bremen")
or has a million people. In scripts without case, and in those without spaces, countries and cities of a million alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from copydesk.pipeline.annotation.keywords import stop_words
from copydesk.pipeline.annotation.places.mentions import Mention
from copydesk.pipeline.annotation.places.namesakes import called
from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.gazetteer import Entry, candidates
from copydesk.pipeline.gazetteer.exonyms import abroad

LONGEST: Final = 4  # words of a name
LONGEST_UNSPACED: Final = 8  # characters of one where no space sets words apart
SMALL: Final = 100_000  # people of a city behind a word that says where
LARGE: Final = 1_000_000  # people of one by itself
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_NAME: Final = re.compile(r"[^\s,.;:!?()«»„“”\"]+\.?(?: [^\s,.;:!?()«»„“”\"]+)*")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")  # kana and Chinese characters


def place_names(text: str, language: str) -> list[Mention]:
    """The places that ``text`` surely names, in its order, none within another.

    Args:
        language: ISO 639-1; its stop words are no places.
    """
    return sorted([*_spaced(text, stop_words(language)), *_unspaced(text)], key=lambda mention: mention[1])


def _spaced(text: str, stop: frozenset[str]) -> Iterator[Mention]:
    words = [word for word in _WORD.finditer(text) if not _UNSPACED.match(word[0])]
    at = 0
    while at < len(words):
        size = _size(text, words, at)
        size = 0 if size == 1 and words[at][0].casefold() in stop else size
        if size:
            start, end = words[at].start(), words[at + size - 1].end()
            yield text[start:end], start, end
        at += size or 1


def _size(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words of the name of a place begin with word number ``at``; 0 for none."""
    if words[at][0][0].islower():
        return 0
    told = at > 0 and words[at - 1][0].casefold() in _where() and words[at].start() - words[at - 1].end() == 1
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        name = text[words[at].start() : words[at + size - 1].end()]
        if (
            _is_name(name)
            and _is_sure(called(name), told)
            and not (size == 1 and not told and _is_part(text, words, at))
        ):
            return size
    return 0


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and (len(text) > 2 or text.isupper())


def _is_part(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a capitalised word stands beside word number ``at``: it may be somebody's first name, or last."""
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    gaps = (text[min(words[at].end(), one.end()) : max(words[at].start(), one.start())] for one in beside)
    return any(one[0][0].isupper() and gap == " " for one, gap in zip(beside, gaps, strict=True))


def _unspaced(text: str) -> Iterator[Mention]:
    for run in _UNSPACED.finditer(text):
        at = run.start()
        while at < run.end():
            ends = range(min(at + LONGEST_UNSPACED, run.end()), at + 1, -1)
            end = next(
                (end for end in ends if _is_sure(candidates(text[at:end]) or abroad(text[at:end]), told=False)), at
            )
            if end > at:
                yield text[at:end], at, end
            at = max(end, at + 1)


def _is_sure(found: Sequence[Entry], told: bool) -> bool:
    large = (entry.population >= (SMALL if told else LARGE) for entry in found if entry.kind in ("city", "region"))
    return any(large) or any(entry.kind == "country" or (told and entry.kind == "natural") for entry in found)


@cache
def _where() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "where.txt")).split())
