"""Rights notices, as printed under pictures and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.word_pattern import pattern_of

_LONGEST: Final = 300  # characters of a notice; what is longer is an article about rights
_PARENTHESES: Final = re.compile(r"[(（\[]([^()（）\[\]]{5,300})[)）\]]")


def rights_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The notices in ``texts``, each once: what stands in parentheses where that says it all, else the whole line."""
    found: list[str] = []
    for text in texts:
        inside = [part for part in _PARENTHESES.findall(text) if is_notice(part)]
        found += inside or ([text] if len(text) <= _LONGEST and is_notice(text) else [])
    return tuple(dict.fromkeys(found))


def is_notice(text: str) -> bool:
    """Whether ``text`` says what may not be done with the page, or whose it is."""
    return bool(_phrases().search(text.casefold()[:2000]))


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(pattern_of(data_lines(__file__, "rights.txt")))
