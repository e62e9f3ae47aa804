"""Whether words in quotation marks are speech: not a term, not the title of a work, not a body's name."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from copydesk.pipeline.annotation.quotes.marks import Quoted
from copydesk.pipeline.annotation.quotes.say_verbs import say_verbs
from copydesk.pipeline.data_lines import data_lines

FEWEST_WORDS: Final = 3  # fewer are a term in quotation marks, unless they end like a sentence
FEWEST_UNSPACED: Final = 20  # characters of scripts without spaces that are a sentence even if nothing else says so
_WORD: Final = re.compile(r"[^\W\d_]+")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENDS: Final = tuple(".!?…。！？।؟۔።")
_PAUSES: Final = re.compile("[。！？，、；,;]")
_COMMAS: Final = " \t\u00a0\u202f\u2009\u3000,，、،"
_LEADS: Final = tuple(":：")
_SAID_BEHIND: Final = re.compile(r"\s?(?:などと|と|って|라고|라며|이라고|고\s|라는|하고|등)")
_GERMAN: Final = "„‚»"  # whose nouns all have capitals


def trimmed(text: str, found: Quoted) -> tuple[int, int]:
    """Where what is said begins and ends, without space round it and the comma before the mark that closes."""
    start, end = found.inner
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip(_COMMAS[:6])), start + len(inside.rstrip(_COMMAS))


def is_speech(text: str, found: Quoted) -> bool:
    """Whether somebody says what is quoted."""
    start, end = trimmed(text, found)
    if end - start < 2:
        return False
    inside = text[start:end]
    if inside.endswith(_ENDS):
        return True
    if found.is_open:
        return len(_WORD.findall(inside)) >= FEWEST_WORDS
    led = text[max(0, found.start - 12) : found.start].rstrip().endswith(_LEADS)
    if len(_UNSPACED.findall(inside)) * 2 > len(inside):
        if text.endswith(_unspaced_works(), max(0, found.start - 6), found.start):
            return False
        alone = found.start == 0 or text[found.start - 1] == "\n"
        behind = _SAID_BEHIND.match(text, found.end) is not None
        return led or alone or behind or bool(_PAUSES.search(inside)) or len(inside) >= FEWEST_UNSPACED
    if len(_WORD.findall(inside)) < FEWEST_WORDS:
        return False
    return led or not _is_name(text, found, inside)


def _is_name(text: str, found: Quoted, inside: str) -> bool:
    """Whether it is a title or a name: by its capitals, or by the noun before it."""
    if text[found.inner[1] - 1] in ",،，" or _is_said(text, found.end):
        return False
    before = _WORD.findall(text[max(0, found.start - 30) : found.start])
    touching = text[max(0, found.start - 2) : found.start].strip(" \u00a0").isalpha()
    if before and touching and before[-1].casefold() in _works():
        return True
    if text[found.start] in _GERMAN:
        return False
    words = _WORD.findall(inside)
    large = [word for word in words if word.casefold() not in _small()]
    cased = [word for word in large if word[0].lower() != word[0].upper()]
    return len(cased) >= 2 and all(word[0].isupper() for word in cased) and not inside.isupper()


def _is_said(text: str, at: int) -> bool:
    """Whether a verb of saying follows."""
    return any(word.casefold() in say_verbs() for word in _WORD.findall(text[at : at + 40])[:3])


@cache
def _works() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "works.txt")).split())


@cache
def _unspaced_works() -> tuple[str, ...]:
    return tuple(word for word in sorted(_works()) if _UNSPACED.match(word))


@cache
def _small() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "small_words.txt")).split())
