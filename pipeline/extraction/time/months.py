"""The names of the months, in many languages and calendars."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.time.folding import name_key

GREGORIAN: Final = "gregorian"
SHORTEST_STEM: Final = 5  # letters that an inflected name shares with the one in the table
LONGEST_ENDING: Final = 4
# Languages of countries whose news counts by another calendar even where the Gregorian months have the same names.
OWN_CALENDAR: Final = {"am": "ethiopian", "ne": "nepali"}


class Month(NamedTuple):
    """A month of a calendar, and the languages that call it so; none of them where no other month is called so."""

    calendar: str
    number: int
    languages: frozenset[str]


@cache
def months() -> dict[str, int]:
    """The number of each Gregorian month (1 to 12), by its names, case folded; no name that means several."""
    found: dict[str, set[int]] = {}
    for line in data_lines(__file__, "months.txt"):
        month, *names = line.split()
        for name in names:
            found.setdefault(name.replace("_", " "), set()).add(int(month.partition(":")[0]))
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


@lru_cache(maxsize=4096)
def months_named(name: str, language: str | None) -> list[Month]:
    """The months called ``name``, whatever its case, accents and inflection, the likeliest for ``language`` first."""
    key = name_key(name)
    known = _months()
    found = known.get(key, [])
    for size in range(len(key) - 1, max(SHORTEST_STEM, len(key) - LONGEST_ENDING) - 1, -1):
        if found:
            break
        found = known.get(key[:size], [])
    if len(found) < 2:
        return found
    own = OWN_CALENDAR.get(language or "", GREGORIAN)
    return sorted(found, key=lambda m: (language not in m.languages, m.calendar != own, -len(m.languages)))


def opens_long_name(word: str) -> bool:
    """Whether the name of a month may begin with ``word`` and go on: كانون الثاني."""
    return name_key(word) in _openings()


@cache
def _openings() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in _months() if " " in name)


@cache
def _months() -> dict[str, list[Month]]:
    found: dict[str, list[Month]] = {}
    for line in data_lines(__file__, "months.txt"):
        month, *names = line.split()
        number, _, languages = month.partition(":")
        _add(found, names, Month(GREGORIAN, int(number), frozenset(filter(None, languages.split(",")))))
    for line in data_lines(__file__, "calendar_months.txt"):
        calendar, number, *names = line.split()
        _add(found, names, Month(calendar, int(number), frozenset()))
    return found


def _add(found: dict[str, list[Month]], names: list[str], month: Month) -> None:
    for name in names:
        key = name_key(name.replace("_", " "))
        if key:
            found.setdefault(key, []).append(month)
