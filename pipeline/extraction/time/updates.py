"""Whether a printed time is one of publication or of a later change."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines

LEAST: Final = 12  # characters before the word that may tell a time of their own: "Published 4 May, updated 5 May"


def update_in(text: str) -> int | None:
    """Where words begin in ``text`` that speak of a change; None where it speaks of none."""
    found = _words().search(text)
    return found.start() if found else None


def before_update(text: str) -> str:
    """The part of ``text`` that may tell when it was published: empty where it only speaks of a change."""
    at = update_in(text)
    return text if at is None else text[:at] if at > LEAST else ""


def from_update(text: str) -> str:
    """The part of ``text`` that speaks of a change; empty where it speaks of none."""
    at = update_in(text)
    return "" if at is None else text[at:]


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(line) for line in data_lines(__file__, "update_words.txt")), re.IGNORECASE)
