"""Words that tell the learned weights of text dumps where names stand, from ``byline_words.txt``.

Bylines are read by the other tables of this room; a change of this one changes what the weights were learned from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from copydesk.pipeline.data_lines import data_lines


def lead_of(text: str) -> int:
    """How many characters of ``text`` lead up to names; 0 for none."""
    found = _pattern(r"^\W{0,3}(?:%s)(?:[\s:：]+|$)", "lead").match(text)
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
def _hints() -> re.Pattern[str]:
    return re.compile(_alternatives(words("hint")))


@cache
def _pattern(pattern: str, group: str) -> re.Pattern[str]:
    return re.compile(pattern % _alternatives(words(group)), re.IGNORECASE)


def _alternatives(entries: Iterable[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))
