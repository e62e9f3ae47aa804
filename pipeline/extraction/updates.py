"""Whether a printed time is one of publication or of a later change."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

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
    lines = files("pipeline.extraction").joinpath("data/update_words.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(re.escape(line) for line in lines if line and not line.startswith("#")), re.IGNORECASE)
