"""Direct speech, and who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
FEWEST_WORDS: Final = 3  # fewer are a term in quotation marks, unless they end like a sentence
_WORD: Final = re.compile(r"[^\W\d_]+")
_PRONOUN: Final = re.compile(r"\b(?:he|she|er|sie|il|elle)\b", re.IGNORECASE)


def find_quotes(text: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """The quotations in ``text``; the speaker is the person named beside a verb of saying, where the text names one."""
    people = [entity for entity in entities if entity.label == "PERSON"]
    found: list[Quote] = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        inside = text[start:end].rstrip(" ,")
        if len(_WORD.findall(inside)) < FEWEST_WORDS and not inside.endswith((".", "!", "?")):
            continue
        speaker = _speaker(text, match.start(), match.end(), people)
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


def _speaker(text: str, start: int, end: int, people: Sequence[Entity]) -> Entity | None:
    paragraph_start = text.rfind("\n", 0, start) + 1
    paragraph_end = text.find("\n", end)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    for low, high in (
        (end, min(end + _AROUND, paragraph_end, _opening(text, end))),
        (max(start - _AROUND, paragraph_start), start),
    ):
        if not _says().search(text, low, high):
            continue
        near = [person for person in people if low <= person.start < high]
        if near:
            return near[0] if low == end else near[-1]
        if _PRONOUN.search(text, low, high):
            before = [person for person in people if person.end <= start]
            return before[-1] if before else None
    return None


def _opening(text: str, end: int) -> int:
    """Where the next quotation opens: what is behind it speaks of another."""
    following = _QUOTED.search(text, end, end + _AROUND * 2)
    return following.start() if following else len(text)


@cache
def _says() -> re.Pattern[str]:
    lines = files("pipeline.annotation").joinpath("data/say_verbs.txt").read_text(encoding="utf-8").splitlines()
    verbs = " ".join(line for line in lines if not line.startswith("#")).split()
    return re.compile(rf"\b(?:{'|'.join(verbs)})\b", re.IGNORECASE)
