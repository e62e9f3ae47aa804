"""Lines that tell a time of day and next to nothing else, as they stand over the entries of a live blog."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60  # characters
NAME: Final = 25  # letters beside the time: a name, a badge
UNIT: Final = 4  # letters: "Uhr", "a.m."
_CLOCK: Final = re.compile(
    r"(?<![\d.:])(?:([01]?\d|2[0-4])\s?[:.h]\s?([0-5]\d)(?![\d%])\s?([ap]\.?m\b)?|(1[0-2]|0?[1-9])\s?([ap]\.?m)\b"
    r"|(\d{1,2})\s?[時时点시]\s?(\d{1,2})\s?[分분]?)",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")


def clock_line(text: str, most: int = NAME) -> int | None:
    """Minutes since midnight that a short line tells, if no more than ``most`` letters stand beside them, on one side.

    A sentence is no such line: "Kick-off is at 20:45."
    """
    if len(text) > LONGEST or (found := _CLOCK.search(text)) is None:
        return None
    before, after = (len(_LETTER.findall(part)) for part in (text[: found.start()], text[found.end() :]))
    is_time = before + after <= UNIT or (
        before + after <= most and min(before, after) <= UNIT and not text.endswith((".", "!", "?"))
    )
    return _minutes(found) if is_time else None


def has_clock(text: str, *, first: bool = False) -> bool:
    """Whether a text holds a time of day; with ``first``, whether it opens with one."""
    return (_CLOCK.match(text) if first else _CLOCK.search(text)) is not None


def _minutes(found: re.Match[str]) -> int:
    hours = int(found[1] or found[4] or found[6])
    half = (found[3] or found[5] or "").lower()[:1]
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + int(found[2] or found[7] or 0)
