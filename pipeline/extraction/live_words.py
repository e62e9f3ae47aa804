"""What live blogs call themselves: in class words, in headlines, in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from copydesk.pipeline.data_lines import data_lines


def called_live(kind: Literal["class", "title", "address"], texts: Iterable[str]) -> bool:
    """Whether one of ``texts``, in lower case, speaks of a live blog; see the table for what each kind is."""
    return any(map(_pattern(kind).search, texts))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    lines = (line.partition("\t") for line in data_lines(__file__, "live_words.txt"))
    return re.compile("|".join(f"(?:{words})" for of, _, words in lines if of == kind))
