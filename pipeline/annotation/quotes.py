"""Direct speech, and who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from schemas import Entity, Quote

_LONGEST: Final = 1_500  # characters of one quotation within a paragraph
_PAIRS: Final = ("“”", "„“", "„”", '""', '„"', "«»", "»«", "「」", "『』")
_QUOTED: Final = re.compile(
    "|".join(
        rf"{re.escape(opening)}([^{re.escape(opening + closing)}\n]{{2,{_LONGEST}}}){re.escape(closing)}"
        for opening, closing in _PAIRS
    )
)
_AROUND: Final = 160  # characters before and after a quotation in which its speaker is named
_CARRIED: Final = 200  # characters between two quotations of one speaker, the second without a name
FEWEST_WORDS: Final = 3  # fewer are a term in quotation marks, unless they end like a sentence
_WORD: Final = re.compile(r"[^\W\d_]+")
_PRONOUN: Final = re.compile(r"\b(?:he|she|er|sie|il|elle)\b", re.IGNORECASE)
_NAME: Final = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}"
_STARTS: Final = frozenset(
    {"The", "A", "An", "In", "On", "At", "But", "And", "He", "She", "They", "It", "We", "I", "As", "When"}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: a span of the text."""

    text: str
    start: int
    end: int


def find_quotes(text: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """The quotations in ``text`` with their speakers, where the text names them.

    The speaker is the person, or else the capitalised name, beside a verb of saying in the same paragraph; a pronoun
    there is the person named last before it; a quotation that follows close on another, with no verb, has its speaker.
    """
    people = [Speaker(e.text, e.start, e.end) for e in entities if e.label == "PERSON"]
    found: list[Quote] = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        inside = text[start:end].rstrip(" ,")
        if len(_WORD.findall(inside)) < FEWEST_WORDS and not inside.endswith((".", "!", "?")):
            continue
        speaker = _speaker(text, match.start(), match.end(), people) or _carried(text, match.start(), found)
        found.append(
            Quote(
                text=inside,
                start=start,
                end=start + len(inside),
                speaker=speaker.text if speaker else None,
                speaker_start=speaker.start if speaker else None,
                speaker_end=speaker.end if speaker else None,
            )
        )
    return tuple(found)


def _speaker(text: str, start: int, end: int, people: Sequence[Speaker]) -> Speaker | None:
    paragraph_start = text.rfind("\n", 0, start) + 1
    paragraph_end = text.find("\n", end)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    after = (end, min(end + _AROUND, paragraph_end, _opening(text, end)))
    before = (max(start - _AROUND, paragraph_start), start)
    for low, high in (after, before):
        verb = _nearest_verb(text, low, high, from_the_left=low == end)
        if verb is None:
            continue
        if named := _beside(verb, [person for person in people if low <= person.start and person.end <= high]):
            return named
        if pronoun := _PRONOUN.search(text, low, high):
            earlier = [person for person in people if person.end <= min(start, pronoun.start())]
            return earlier[-1] if earlier else None
        if named := _named_beside(text, verb, low, high):
            return named
    return None


def _nearest_verb(text: str, low: int, high: int, *, from_the_left: bool) -> re.Match[str] | None:
    verbs = list(_says().finditer(text, low, high))
    return (verbs[0] if from_the_left else verbs[-1]) if verbs else None


def _beside(verb: re.Match[str], people: Sequence[Speaker]) -> Speaker | None:
    """The person nearest the verb."""
    return min(people, key=lambda p: max(p.start - verb.end(), verb.start() - p.end), default=None)


def _named_beside(text: str, verb: re.Match[str], low: int, high: int) -> Speaker | None:
    """A capitalised name right behind the verb, or right before it."""
    behind = re.compile(rf"\s(?:[a-z]+\s){{0,3}}({_NAME})").match(text, verb.end(), high)
    found = behind or next(iter(re.compile(rf"({_NAME})(?:\s[a-z]+)?\s$").finditer(text, low, verb.start())), None)
    if found is None or found[1].split()[0] in _STARTS:
        return None
    return Speaker(found[1], *found.span(1))


def _carried(text: str, start: int, found: Sequence[Quote]) -> Speaker | None:
    """The speaker of the quotation just before, when nothing but its own tail lies between."""
    if not found or found[-1].speaker is None or start - found[-1].end > _CARRIED:
        return None
    last = found[-1]
    return Speaker(last.speaker or "", last.speaker_start or 0, last.speaker_end or 0)


def _opening(text: str, end: int) -> int:
    """Where the next quotation opens: what is behind it speaks of another."""
    following = _QUOTED.search(text, end, end + _AROUND * 2)
    return following.start() if following else len(text)


@cache
def _says() -> re.Pattern[str]:
    lines = files("pipeline.annotation").joinpath("data/say_verbs.txt").read_text(encoding="utf-8").splitlines()
    verbs = " ".join(line for line in lines if not line.startswith("#")).split()
    return re.compile(rf"\b(?:{'|'.join(verbs)})\b", re.IGNORECASE)
