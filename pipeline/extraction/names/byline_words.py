"""Words that tell the learned weights of text dumps where names stand, from ``byline_words.txt``.

Bylines are read by the other tables of this room; a change of this one changes what the weights were learned from.
"""

from __future__ import annotations

import re
from functools import cache

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.word_pattern import pattern_of


def lead_of(text: str) -> int:
    """How many characters of ``text`` lead up to names; 0 for none."""
    found = _leads().match(text)
    return found.end() if found else 0


def joins(word: str) -> bool:
    """Whether ``word``, case folded, joins names."""
    return word in words("join")


def is_particle(word: str) -> bool:
    """Whether ``word`` is one that names hold in lower case, as in Ludwig van Beethoven."""
    return word in words("particle")


def is_no_name(text: str) -> bool:
    """Whether ``text`` is one of the words that stand where names do: "Staff Writer", "3 minutes read"."""
    folded = text.casefold()
    return folded in words("not") or _hints().search(folded) is not None


@cache
def words(group: str) -> frozenset[str]:
    """The entries of one group of the table, case folded."""
    table = [line.split("\t") for line in data_lines(__file__, "byline_words.txt")]
    return frozenset(entry for of, entry in table if of == group)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"^\W{{0,3}}(?:{pattern_of(sorted(words('lead')))})(?:[\s:：]+|$)", re.IGNORECASE)


@cache
def _hints() -> re.Pattern[str]:
    return re.compile(pattern_of(sorted(words("hint"))))
