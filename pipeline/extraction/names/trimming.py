"""What stands round a name and is no part of it: occupations, towns, agencies, buttons, times."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from copydesk.pipeline.extraction.names.agency import usual_name
from copydesk.pipeline.extraction.names.byline_words import words as old_words
from copydesk.pipeline.extraction.names.name import is_placeholder
from copydesk.pipeline.extraction.names.tables import entries
from copydesk.pipeline.extraction.time.months import months

MOST_WORDS: Final = 5  # of an occupation, of an agency
_EDGE: Final = " \t→←►▸▾▼.,:;|-–—*\"'“”„«»‹›()[]{}【】<>=·•~#/\\‘’`_"
_CUTS_IN_CAPITALS: Final = frozenset(
    {"For", "At", "Of", "From", "Updated", "Published", "Posted", "Veröffentlicht", "Publiziert", "Aktualisiert"}
)
"""Words that cut a name off in a line Written Like a Headline, too."""
_CLOCK: Final = re.compile(r"\d{1,2}[:.hH]\d{2}|\d{1,4}[./-]\d{1,2}|\d{4}年?|\d{1,2}[日月時时시일월]")
_TOGETHER: Final = re.compile("[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")
_WORD: Final = re.compile(r"[\w'’.&®-]+")


class Trimmed(NamedTuple):
    """What is left of a piece; ``no_author`` if what stood round it tells that its owner wrote nothing."""

    name: str
    no_author: bool = False


def trim(piece: str, language: str | None, outlets: frozenset[str] = frozenset()) -> Trimmed:
    """``piece`` without all that is no part of a name. ``outlets`` are names of the site, folded."""
    words = piece.strip(_EDGE).split()
    no_author = False
    for _ in range(4):
        before = words
        if is_placeholder(" ".join(words), language):
            return Trimmed("", no_author)
        words = _without_time(words)
        words = _without_rest(words, language)
        words = _without_phrases(words, entries("behind.txt", "button", language))
        words = _without_organisations(words, outlets)
        words, other = _without_roles(words, language)
        no_author |= other
        if words == before:
            break
    return Trimmed(_unglued(" ".join(words).strip(_EDGE), language), no_author)


def _fold(word: str) -> str:
    return word.strip(_EDGE).casefold()


def _without_time(words: list[str]) -> list[str]:
    """Up to a clock time, a date or a year; a small number may be a part of a name."""
    for number, word in enumerate(words):
        if not any(map(str.isdigit, word)):
            continue
        dated = number and _fold(words[number - 1]) in months()
        counted = word.strip(_EDGE).isdecimal() and number + 1 < len(words)
        if number and (_CLOCK.match(word.strip(_EDGE)) or counted or dated):
            return _without_dangling(words[: number - 1 if dated else number])
    return words


def _without_dangling(words: list[str]) -> list[str]:
    while len(words) > 1 and _fold(words[-1]) in ("", "am", "le", "el", "il", "den", "on", "kl", "um", "at"):
        words = words[:-1]
    return words


def _without_rest(words: list[str], language: str | None) -> list[str]:
    """Up to the first word that opens what is told of a name: "in Paris", "is a reporter"."""
    cuts = _cuts(language)
    shouted = all(word.isupper() for word in words)
    for number in range(1, len(words)):
        word = words[number].strip(".,:;")
        if word in cuts or word in _CUTS_IN_CAPITALS or (shouted and len(word) > 1 and word.casefold() in cuts):
            return words[:number]
    return words


@cache
def _cuts(language: str | None) -> frozenset[str]:
    return entries("behind.txt", "cut", language) - old_words("particle")


def _without_phrases(words: list[str], phrases: frozenset[str]) -> list[str]:
    """Without phrases at the end and at the beginning."""
    changed = True
    while changed and words:
        changed = False
        for size in range(min(MOST_WORDS, len(words)), 0, -1):
            if _fold(" ".join(words[-size:])) in phrases:
                words, changed = words[:-size], True
                break
            if size < len(words) and size > 1 - (len(words) > 2) and _fold(" ".join(words[:size])) in phrases:
                words, changed = words[size:], True
                break
    return words


def _without_organisations(words: list[str], outlets: frozenset[str]) -> list[str]:
    """Without the agency or outlet that is named with a person; one that stands alone stays."""
    if _is_organisation(" ".join(words).strip(_EDGE), outlets):
        return words
    for size in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        last, first = " ".join(words[-size:]).strip(_EDGE), " ".join(words[:size]).strip(_EDGE)
        if _is_organisation(last, outlets if size > 1 or len(words) > 2 else frozenset()):
            return words[:-size]
        if len(words) - size > 1 and _is_organisation(first, outlets):
            return words[size:]
    return words


def _is_organisation(phrase: str, outlets: frozenset[str]) -> bool:
    if " ".join(_WORD.findall(phrase.casefold())) in outlets:
        return True
    name = usual_name(phrase)
    # AP, PA and the like are words and surnames in lower case.
    return name is not None and (" " in phrase or phrase == name or phrase.isupper() or not phrase.isascii())


def _without_roles(words: list[str], language: str | None) -> tuple[list[str], bool]:
    """Without occupations at the end and the beginning, and whether one of them is no author's."""
    other = False
    for _ in range(3):
        size, kind = _role(words, language, last=True)
        if size:
            words, other = words[:-size], other or kind == "no author"
            continue
        size, kind = _role(words, language, last=False)
        if not size:
            break
        words, other = words[size:], other or kind == "no author"
    return words, other


def _role(words: list[str], language: str | None, last: bool) -> tuple[int, str]:
    """How many words of an occupation stand at one end, and whether an author has it; 0 for none."""
    kinds = _roles(language)
    skipped = 0 if last else _beats(words, language, last)
    words = words[skipped:]
    for size in range(min(3, len(words)), 0, -1):
        part = words[-size:] if last else words[:size]
        kind = kinds.get(_fold(" ".join(part)))
        if kind == "degree" and not (last and part[0][:2].strip(".").isupper() and len(words) > 2):
            kind = None
        if kind is not None:
            return size + skipped + (_beats(words[:-size], language, last) if last else 0), kind
    return 0, ""


def _beats(words: list[str], language: str | None, last: bool) -> int:
    """How many words beside an occupation tell which: "Senior", "Political"; two are left for the name."""
    known = entries("behind.txt", "beat", language)
    taken = 0
    for word in reversed(words) if last else words:
        if _fold(word) not in known or (0 < len(words) - taken <= 2 and last):
            break
        taken += 1
    return taken


@cache
def _roles(language: str | None) -> dict[str, str]:
    groups = ("no author", "degree", "role")
    return {word: group for group in groups for word in entries("behind.txt", group, language)}


def _unglued(name: str, language: str | None) -> str:
    """``name`` without the occupation that is written together with it, as in 山田太郎記者."""
    if not name or not _TOGETHER.match(name[-1]) or " " in name:
        return name
    for size in range(min(6, len(name) - 2), 1, -1):
        if name[-size:] in _roles(language):
            return name[:-size]
    return name
