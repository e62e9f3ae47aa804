"""Direct speech, and who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.annotation.say_verbs import say_verbs
from schemas import Entity, Quote

_LONGEST: Final = 1_500  # characters of one quotation within a paragraph
_PAIRS: Final = ("“”", "„“", "„”", '""', '„"', "«»", "»«", "「」", "『』")
_QUOTED: Final = re.compile(
    "|".join(
        (
            rf"''((?:(?!'')[^\n]){{2,{_LONGEST}}})''",  # as wires without curly marks print them
            *(
                rf"{re.escape(opening)}([^{re.escape(opening + closing)}\n]{{2,{_LONGEST}}}){re.escape(closing)}"
                for opening, closing in _PAIRS
            ),
            # Apostrophes look like the closing mark: it is one only where no letter follows.
            rf"(?<!\w)‘((?:[^‘’\n]|’(?=\w)){{2,{_LONGEST}}})’(?!\w)",
            # A paragraph of a longer quotation opens with the mark and does not close it.
            rf"(?m:^[\"“]([^\"“”\n]{{20,{_LONGEST}}})$)",
        )
    )
)
_AROUND: Final = 160  # characters before and after a quotation in which its speaker is named
_CARRIED: Final = 200  # characters between two quotations of one speaker, the second without a name
FEWEST_WORDS: Final = 3  # fewer are a term in quotation marks, unless they end like a sentence
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADVERBS: Final = r"(?:\s(?:[a-z]+ly|also|has|had|have|then|later|once|even|is|was|would|went|on))*"
_PRONOUN_BEFORE: Final = re.compile(rf"\b(he|she|they|it|er|sie|il|elle){_ADVERBS}\s$", re.IGNORECASE)
_BETWEEN_BEFORE: Final = re.compile(rf"(?:\s\([^()]{{1,40}}\))?(?:,[^.!?]{{1,120}},)?{_ADVERBS}\s")
_BETWEEN_BEHIND: Final = re.compile(r"\s(?:(?!(?:of|to|about|that|in|on|at|by|with|after|when)\s)[\w.’'-]+,?\s){0,7}")
_SIGNED: Final = re.compile(r"[^\S\n]?[―—–-][^\S\n]?([A-Z][\w.’'-]*(?:[^\S\n][A-Z][\w.’'-]*){0,4})(?=[^\S\n]*(?:\n|$))")
_LED: Final = re.compile(r"[^\n]{1,150}:\n\s*$")
_STARTS: Final = r"(?!(?:The|An?|In|On|At|But|And|He|She|They|It|We|I|As|When)\b)"  # of sentences, rather than names
_NAME: Final = rf"{_STARTS}[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){{0,3}}"
_NAMED_BEFORE: Final = re.compile(rf"({_NAME}){_ADVERBS}\s$")
_NAMED_BEHIND: Final = re.compile(rf"\s(?:[a-z]+\s){{0,3}}({_NAME})")
_SOMEONE: Final = r"(?:the|a|an|one|another|his|her|their|our|some|many)(?:\s[\w’'-]+){1,5}?"
_SOMEONE_BEFORE: Final = re.compile(rf"\b({_SOMEONE}){_ADVERBS}\s$", re.IGNORECASE)
_SOMEONE_BEHIND: Final = re.compile(
    rf"\s({_SOMEONE})(?=[,.;:]|\s(?:who|that|in|on|at|from|of|for|with)\b|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: a span of the text."""

    text: str
    start: int
    end: int


def find_quotes(text: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """The quotations in ``text`` with their speakers, where the text names them.

    The speaker is who stands right before or behind a verb of saying beside the quotation: a person, else a capitalised
    name, else someone without a name ("a spokesman", "the report"). A pronoun means the person, or organisation, named
    last before it: then ``speaker`` is that name, and the offsets are the pronoun's. A quotation that is signed behind
    a dash has the name there; one that follows close on another, with no verb, has its speaker.
    """
    people = [Speaker(e.text, e.start, e.end) for e in entities if e.label == "PERSON"]
    bodies = [Speaker(e.text, e.start, e.end) for e in entities if e.label == "ORG"]
    found: list[Quote] = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        inside = text[start:end].rstrip(" ,")
        if len(_WORD.findall(inside)) < FEWEST_WORDS and not inside.endswith((".", "!", "?")):
            continue
        speaker = _speaker(text, match.span(), people, bodies) or _carried(text, match.start(), found)
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


def _speaker(text: str, span: tuple[int, int], people: Sequence[Speaker], bodies: Sequence[Speaker]) -> Speaker | None:
    """Who the words round a quotation say has spoken: behind it first, then before it."""
    start, end = span
    if signed := _SIGNED.match(text, end):
        return Speaker(signed[1], *signed.span(1))
    paragraph_start = text.rfind("\n", 0, start) + 1
    paragraph_end = text.find("\n", end)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    if start - paragraph_start < 2 and (led := _LED.search(text, max(0, start - _AROUND), start)):
        paragraph_start = led.start()  # "He went on:" stands in a paragraph of its own
    after = (end, min(end + _AROUND, paragraph_end, _opening(text, end)))
    before = (max(start - _AROUND, paragraph_start), start)
    for low, high in (after, before):
        verbs = list(_says().finditer(text, low, high))
        for verb in verbs if low == end else reversed(verbs):
            if meant := _meant(text, verb, low, people, bodies):
                return meant
            if found := _subject(text, verb, (low, high), people):
                return found
    return None


def _meant(
    text: str, verb: re.Match[str], low: int, people: Sequence[Speaker], bodies: Sequence[Speaker]
) -> Speaker | None:
    """Whom a pronoun before the verb means: the person, or for "it" the organisation, that is named last before it."""
    pronoun = _PRONOUN_BEFORE.search(text, low, verb.start())
    if pronoun is None:
        return None
    named = bodies if pronoun[1].casefold() == "it" else people
    earlier = [one for one in named if one.end <= pronoun.start()]
    return Speaker(earlier[-1].text, *pronoun.span(1)) if earlier else None


def _subject(text: str, verb: re.Match[str], within: tuple[int, int], people: Sequence[Speaker]) -> Speaker | None:
    """Who speaks: a name right before the verb, else right behind it, else someone without a name."""
    low, high = within
    for person in reversed([p for p in people if low <= p.start and p.end <= verb.start()]):
        if _BETWEEN_BEFORE.fullmatch(text, person.end, verb.start()):
            return person
    for person in (p for p in people if verb.end() <= p.start and p.end <= high):
        if _BETWEEN_BEHIND.fullmatch(text, verb.end(), person.start):
            return person
    for before, behind in ((_NAMED_BEFORE, _NAMED_BEHIND), (_SOMEONE_BEFORE, _SOMEONE_BEHIND)):
        for found in (before.search(text, low, verb.start()), behind.match(text, verb.end(), high)):
            if found:
                return Speaker(found[1], *found.span(1))
    return None


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
    return re.compile(rf"\b(?:{'|'.join(sorted(say_verbs()))})\b", re.IGNORECASE)
