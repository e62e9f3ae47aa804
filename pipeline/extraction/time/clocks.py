"""Finds the clock beside a day: with colons, dots or words, of twelve or of 24 hours, in any language."""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import cache
from typing import Final, Literal, NamedTuple

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.folding import name_key
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.zone_names import zone_after

AFTER, BEFORE = 30, 45  # characters between a day and its clock, of a clock and what stands between it and its day
LONGEST_HALF: Final = 24  # characters of the words that tell the half of the day
SHORTEST_WORD: Final = 4  # letters of a Latin word that tells it in whatever language


class Clock(NamedTuple):
    """A clock of 24 hours; ``zone`` as printed beside it, or ``zone_name`` where that means several."""

    hour: int
    minute: int
    second: int
    precision: Literal["hour", "minute", "second"]
    zone: tzinfo | None = None
    zone_name: str | None = None
    start: int = 0
    end: int = 0


_CLOCK: Final = re.compile(
    r"(?<!\d)(?<!\d[.,:/])(?P<hour>[01]?\d|2[0-4])\s?"
    r"(?:(?P<mark>[:.]|h|u(?=\d)|uhr|ч\.?|時|时|시|點|点)\s?(?P<minute>[0-5]\d)(?!\d)"
    r"(?:(?:[:.]|\s?[分분]\s?)(?P<second>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?)?(?:\s?[分분])?"
    r"|(?P<whole>\s?(?:[ap]\.?\s?m\b|uhr\b|h\b(?!\s?\d)|時|时|시|點|点)))",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"\s{0,2}(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE)
_TAIL: Final = re.compile(r"\s{0,2}(?:uhr|hrs|hours|h\b|ч\.?|น\.?|noon\b|midnight\b)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"-\d\d?:\d\d")
_WORDS_BEFORE: Final = re.compile(r"([^\s\d:,|]+(?:\s[^\s\d:,|]+)?)[\s:,]{0,2}$")
_WORDS_AFTER: Final = re.compile(r"[\s,(]{0,2}([^\s\d,|()]+(?:\s[^\s\d,|()]+){0,2})")
_TO_DAY: Final = re.compile(r"\W{0,10}(?:[^\W\d]{1,12}\W{1,3}){0,2}$")


def clock_beside(text: str, start: int, end: int, imprint: Imprint) -> Clock | None:
    """The clock that belongs to the day from ``start`` to ``end``: the first soon after it, else the last before it."""
    for match in _CLOCK.finditer(text, end, end + 60):
        if match.start() - end > AFTER:
            break
        if clock := _clock_of(text, match, imprint):
            return clock
    for match in reversed(list(_CLOCK.finditer(text, max(0, start - BEFORE), start))):
        clock = _clock_of(text, match, imprint)
        if clock and clock.end <= start and _TO_DAY.fullmatch(text, clock.end, start):
            zone = None if clock.zone or clock.zone_name else zone_after(text, end, imprint.places)
            return clock._replace(zone=zone.at, zone_name=zone.name) if zone else clock
    return None


def first_clock(text: str, start: int, imprint: Imprint) -> Clock | None:
    """The clock that opens ``text`` at ``start``, written by a program: 14:30-05:00 is no stretch of time."""
    match = _CLOCK.match(text, start)
    return _clock_of(text, match, imprint, by_program=True) if match else None


def _clock_of(text: str, match: re.Match[str], imprint: Imprint, by_program: bool = False) -> Clock | None:
    """What a match of the pattern tells, with the half of the day and the zone that stand beside it."""
    hour, minute, second = int(match["hour"]), match["minute"], match["second"]
    if match["mark"] == "." and not _is_dotted_clock(text, match):
        return None
    end = match.start("whole") if match["whole"] and match["whole"].strip().lower()[0] in "ap" else match.end()
    half = _HALF.match(text, end)
    if half:
        end = half.end()
        hour = hour % 12 + (12 if half["half"].lower() == "p" else 0) if 1 <= hour <= 12 else hour
    elif 1 <= hour <= 12 and (told := _told_half(text, match.start(), end, imprint)):
        hour, end = _in_span(hour, told[0]), max(end, told[1])
    if tail := _TAIL.match(text, end):
        end = tail.end()
    stretch = not by_program and _UNTIL.match(text, end)
    zone = None if stretch else zone_after(text, end, imprint.places)
    precision: Literal["hour", "minute", "second"] = "second" if second else "minute" if minute else "hour"
    return Clock(
        hour, int(minute or 0), int(second or 0), precision,
        zone.at if zone else None, zone.name if zone else None, match.start(), zone.end if zone else end,
    )  # fmt: skip


def _is_dotted_clock(text: str, match: re.Match[str]) -> bool:
    """Whether 14.30 is no part of a longer number, a date or an amount."""
    return not re.match(r"[.,]?\d|\s?%", text[match.end() : match.end() + 2])


def _told_half(text: str, start: int, end: int, imprint: Imprint) -> tuple[tuple[int, int], int] | None:
    """The hours that words before or behind the clock speak of, and where those end."""
    if before := _WORDS_BEFORE.search(text[max(0, start - LONGEST_HALF) : start]):
        words = before[1].split()
        for candidate in (before[1], words[-1]):
            if span := _span(candidate, imprint):
                return span, end
    if after := _WORDS_AFTER.match(text[: end + LONGEST_HALF], end):
        words = after[1].split()
        for size in range(len(words), 0, -1):
            if span := _span(" ".join(words[:size]), imprint):
                return span, after.start(1) + len(" ".join(words[:size]))
    return None


def _span(words: str, imprint: Imprint) -> tuple[int, int] | None:
    key = name_key(words)
    spans = _halves().get(key)
    if not spans:
        return None
    if imprint.language in spans:
        return spans[imprint.language]
    if len(set(spans.values())) > 1 or (key.isascii() and len(key) < SHORTEST_WORD) or imprint.language == "en":
        return None
    return next(iter(spans.values()))


def _in_span(hour: int, span: tuple[int, int]) -> int:
    """Which of the two hours of a day that a clock of twelve calls ``hour`` lies in ``span``."""
    for day in (0, 24):
        for half in (0, 12):
            if span[0] <= hour % 12 + half + day < span[1]:
                return hour % 12 + half
    return hour


@cache
def _halves() -> dict[str, dict[str, tuple[int, int]]]:
    """The hours that words speak of, by language."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for line in data_lines(__file__, "day_halves.txt"):
        hours, languages, *names = line.split()
        first, last = map(int, hours.split("-"))
        for name in names:
            found.setdefault(name_key(name.replace("_", " ")), {}).update(
                dict.fromkeys(languages.split(","), (first, last))
            )
    return found
