"""Times told from the moment a page was fetched: "2 hours ago", "yesterday, 14:30", in many languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.clocks import clock_beside
from copydesk.pipeline.extraction.time.folding import name_key
from copydesk.pipeline.extraction.time.imprint import Imprint

LONGEST: Final = 60  # characters of a line that tells a time so; more is a sentence
MOST: Final = {"minute": 180, "hour": 72, "day": 31}  # beyond it the unit is too coarse, or it is no time
MOST_WORDS: Final = 6  # of a line that tells a time so
LONGEST_SIDE: Final = 24  # characters to each side of the number

_NUMBER: Final = re.compile(
    r"(?<![\d.,:/-])(\d{1,3}|\b(?:an?|one|une?|una|eine[rmn]?|um|uma|ein|en|ett|een)\b)(?![\d:,/-]|\.\d)", re.IGNORECASE
)
_WORDS: Final = re.compile(r"[^\W\d]+")
_LABEL: Final = re.compile(r"^[^\d:|]{0,24}[:|]\s*")


def read_relative(plain: str, imprint: Imprint) -> Stamp | None:
    """The time that a short folded line tells from the fetch, as finely as it tells it; None without a time of fetch.

    Weeks, months and years ago are no day, and give none.
    """
    line = plain.strip()
    if imprint.fetched_at is None or not line or len(line) > LONGEST:
        return None
    return _ago(line, imprint.fetched_at) or _in_words(line, imprint)


def _ago(line: str, fetched_at: datetime) -> Stamp | None:
    for match in _NUMBER.finditer(line):
        unit = _unit(line[: match.start()], line[match.end() :])
        if unit is None:
            continue
        number = int(match[1]) if match[1].isdigit() else 1
        if number > MOST[unit]:
            return None
        return _gone_by(unit, number, line, fetched_at)
    return None


def _unit(before: str, after: str) -> str | None:
    """The unit that the words to both sides of a number tell: of all that are known, those with most words."""
    lefts = ["", *(before[at:] for at in _word_starts(before[-LONGEST_SIDE:], len(before)))]
    rights = ["", *(after[:end] for end in _ends(after[:LONGEST_SIDE]))]
    for left in sorted(lefts, key=len, reverse=True):
        for right in reversed(rights):
            if unit := _patterns().get(f"{_squeezed(left)}0{_squeezed(right)}"):
                return unit
    return None


def _word_starts(tail: str, length: int) -> list[int]:
    return [length - len(tail) + match.start() for match in _WORDS.finditer(tail)]


def _ends(text: str) -> list[int]:
    """Where words end; in scripts without spaces, every character."""
    return [
        at for at in range(1, len(text) + 1) if at == len(text) or not text[at].isalnum() or text[at - 1] > "\u0e00"
    ]


def _in_words(line: str, imprint: Imprint) -> Stamp | None:
    """A time told without a figure: "yesterday" alone on its line or beside a clock, "منذ ساعتين" alone."""
    rest = _LABEL.sub("", line)
    words = list(_WORDS.finditer(rest))[:MOST_WORDS]
    for first, opening in enumerate(words):
        for closing in words[first : first + 3]:
            told = _fixed().get(_squeezed(rest[opening.start() : closing.end()]))
            if told is None or imprint.fetched_at is None:
                continue
            unit, number = told
            if _squeezed(rest) == _squeezed(rest[opening.start() : closing.end()]):
                return _gone_by(unit, number, line, imprint.fetched_at)
            clock = clock_beside(rest, opening.start(), closing.end(), imprint) if unit == "day" else None
            if clock:
                at = time(clock.hour % 24, clock.minute, clock.second, tzinfo=clock.zone)
                when = datetime.combine(imprint.fetched_at.date() - timedelta(days=number), at)
                return Stamp(when, clock.precision, line, clock.zone, clock.zone_name)
    return None


def _gone_by(unit: str, number: int, line: str, fetched_at: datetime) -> Stamp:
    fetched = fetched_at.astimezone(UTC)
    if unit == "day":
        return Stamp(datetime.combine(fetched.date() - timedelta(days=number), time()), "day", line)
    when = (fetched - timedelta(**{f"{unit}s": number})).replace(second=0, microsecond=0)
    return Stamp(when, "hour" if unit == "hour" else "minute", line, UTC, reckoned=True)


def _squeezed(words: str) -> str:
    return "".join(character for character in name_key(words) if character.isalnum() or character > "\u0300")


@cache
def _patterns() -> dict[str, str]:
    """The unit of each way to tell a time gone by, its number as 0."""
    table = (line.split() for line in data_lines(__file__, "relative.txt"))
    return {_squeezed(pattern.replace("{0}", "0").replace("_", " ")): unit for unit, pattern in table if unit in MOST}


@cache
def _fixed() -> dict[str, tuple[str, int]]:
    """The unit and the number of what is told without a figure."""
    found = {}
    for line in data_lines(__file__, "relative.txt"):
        told, words = line.split()
        if told[-1].isdigit():
            found[_squeezed(words.replace("_", " "))] = told[:-1] or "day", int(told[-1])
    return found
