"""What can be somebody's name, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from copydesk.pipeline.extraction.names.byline_words import is_particle
from copydesk.pipeline.extraction.names.tables import entries

LENGTHS: Final = range(2, 61)  # characters
MOST_WORDS: Final = 6
HINTS: Final = frozenset(
    {"minute", "minutes", "mins", "hour", "hours", "ago", "updated", "published", "posted", "subscribe", "follow"}
    | {"copyright", "©", "newsletter", "lesen", "artikel", "comments", "views", "shares"}
)
"""Words that no name holds. They count as words: Magoley and Santiago hold "ago" and are names."""
_WORD: Final = re.compile(r"[^\W_](?:[\w'’.®-]*\w)?|©")
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}|\d{5,}")
_LOWER_PARTS: Final = frozenset(
    {"y", "e", "i", "und", "the", "d’", "d'", "o", "abu", "umm", "bint", "san", "zur", "op", "in"}
)


def is_name(name: str, language: str | None, source: str) -> bool:
    """Whether ``name`` can be an author's; see ``authors_in`` for ``source``."""
    if len(name) not in LENGTHS or not unicodedata.category(name[0]).startswith("L") or ":" in name:
        return False
    words = name.split()
    folded = [word.casefold() for word in _WORD.findall(name)]
    if len(words) > MOST_WORDS or not folded or not HINTS.isdisjoint(folded):
        return False
    if is_nobody(name, language) or "@" in name or _TIME.search(name):
        return False
    if any(map(str.isdigit, name)) and source == "printed":
        return False
    if sum(map(str.isalpha, name)) < 2 - (len(name) > 2 and not name.isascii()):
        return False
    return source == "declared" or _is_written_like_one(words)


def is_nobody(name: str, language: str | None = None) -> bool:
    """Whether ``name`` stands where a name does and is none: a desk, a button, an occupation without its owner."""
    return is_placeholder(name, language) or _told_only(language).issuperset(_WORD.findall(name.casefold()))


def is_placeholder(name: str, language: str | None = None) -> bool:
    """Whether ``name`` is one of the phrases that stand in a name's place: "Staff", "Last updated"."""
    return name.casefold().strip(" .!:") in _nobody(language)


def _is_written_like_one(words: list[str]) -> bool:
    """Whether each word has a capital, is in a script without them, or is one that names hold."""
    if _is_small(words[0]) and not (len(words) > 1 and is_particle(words[0].casefold())) and "’" not in words[0]:
        return words[0].startswith(("al-", "el-", "d'"))
    return all(_may_stand_inside(word) for word in words[1:])


def _may_stand_inside(word: str) -> bool:
    return not _is_small(word) or is_particle(word) or word in _LOWER_PARTS or not word.islower()


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter of a script that has capitals; Georgian is printed without them."""
    return word[0].islower() and not "\u10d0" <= word[0] <= "\u10ff"


@cache
def _nobody(language: str | None) -> frozenset[str]:
    return entries("behind.txt", "nobody", language) | entries("behind.txt", "button", language)


@cache
def _told_only(language: str | None) -> frozenset[str]:
    """Words that tell what somebody is; nobody is called by nothing else."""
    groups = ("beat", "role", "no author")
    return frozenset(word for group in groups for word in entries("behind.txt", group, language))
