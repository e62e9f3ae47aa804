"""Lines below an article that tell who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines

LONGEST: Final = 700  # characters
_OPENS: Final = re.compile(
    r"[\s•*–—-]*(?:about(?: the author)?|über|zur person|zum autor|sobre|à propos de?|l'auteur)?[\s:：–—-]*", re.I
)


def is_biography(text: str, names: Iterable[str], *, set_apart: bool) -> bool:
    """Whether ``text`` tells who one of ``names`` is.

    Args:
        set_apart: whether print sets it apart from the story, as in italics.
    """
    if len(text) > LONGEST:
        return False
    folded = text.casefold()
    begins = _OPENS.match(folded)
    rest = folded[begins.end() :] if begins else folded
    name = next((name.casefold() for name in names if len(name) > 3 and rest.startswith(name.casefold())), None)
    if name is None:
        return False
    behind = rest[len(name) :].lstrip(" ,(")
    does, reaches = behind.startswith(_words("does")), bool(_reach().search(behind))
    return reaches and (does or set_apart) if "“" not in text and '"' not in text else False


@cache
def _words(wanted: str) -> tuple[str, ...]:
    split = (line.split("\t") for line in data_lines(__file__, "biography_words.txt"))
    return tuple(word for kind, words in split if kind == wanted for word in words.split(", "))


@cache
def _reach() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}" for word in _words("reach")))
