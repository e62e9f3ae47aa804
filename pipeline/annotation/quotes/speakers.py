"""Who said a quotation, as far as the words round it tell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from copydesk.pipeline.annotation.quotes.say_verbs import say_verbs
from copydesk.schemas import Entity

AROUND: Final = 160  # characters before and after a quotation in which its speaker is named
OPENING: Final = 40  # characters of a title before the name that opens a sentence
SENTENCE: Final = 300  # characters in which the start of a sentence is looked for
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŚŞŠŹŻŽЀ-Я]"
_ADVERBS: Final = r"(?:\s(?:[a-z]+ly|also|has|had|have|then|later|once|even|is|was|would|went|on|ha|hat|a))*"
_PRONOUN_BEFORE: Final = re.compile(rf"\b(he|she|they|it|er|sie|il|elle){_ADVERBS}\s$", re.IGNORECASE)
# What may stand between a name and its verb: "(R-Utah)", ", R-Ky.,", ", a former aide,", " -- his son -- ".
_PARTY: Final = r"(?:\s\([^()]{1,40}\)|,\s[A-Z]{1,3}-[\w.]+(?:\s[A-Z]\w+)?,)?"
_APPOSITION: Final = r"(?:,[^.!?]{1,120},|\s(?:--|[—–])[^.!?]{1,160}(?:--|[—–]))?"
_BETWEEN_BEFORE: Final = re.compile(rf"{_PARTY}{_APPOSITION}{_ADVERBS}\s")
_PREPOSITION: Final = "(?:of|to|about|that|in|on|at|by|with|after|when)"
_BETWEEN_BEHIND: Final = re.compile(rf"\s(?:(?!{_PREPOSITION}\s)[\w.’'-]+,?\s){{0,7}}")
_SIGNED: Final = re.compile(
    rf"[^\S\n]?[―—–-][^\S\n]?({_CAPITAL}[\w.’'-]*(?:[^\S\n]{_CAPITAL}[\w.’'-]*){{0,4}})(?=[^\S\n]*(?:\n|$))"
)
_LED: Final = re.compile(r"[^\n]{1,150}:\n\s*$")
_LED_IN: Final = re.compile(r"[,:]\s*$")  # She said, “
_INTRODUCED: Final = re.compile(r":\s*$")
_DAYS: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_STARTS: Final = rf"(?!(?:The|An?|In|On|At|But|And|He|She|They|It|We|I|As|When|{_DAYS})\b)"  # no names
_PART: Final = rf"(?:{_CAPITAL}[\w’'-]{{0,3}}\.(?=\s{_CAPITAL})|{_CAPITAL}[\w’'-]*(?:\.[\w’'-]+)*)"  # "Mr.", "Lind"
_NAME: Final = rf"{_STARTS}{_PART}(?:\s{_PART}){{0,3}}"
_NAMED_BEFORE: Final = re.compile(rf"({_NAME}){_PARTY}{_APPOSITION}{_ADVERBS}\s$")
_NAMED_BEHIND: Final = re.compile(rf"\s(?:(?!{_PREPOSITION}\s)[a-z]+\s){{0,3}}({_NAME})")
_ARTICLE: Final = (
    "the|a|an|one|another|his|her|their|our|some|many"
    "|der|die|das|ein|eine|el|la|los|las|un|una|le|les|une|il|lo|o|os|as|um|uma|de|het|een"
)
_SOMEONE: Final = rf"(?:{_ARTICLE})(?:\s[\w’'-]+){{1,5}}?"
_SOMEONE_BEFORE: Final = re.compile(rf"\b({_SOMEONE})(?<!\swho)(?<!\sand)(?<!\sthat){_ADVERBS}\s$", re.IGNORECASE)
_SOMEONE_BEHIND: Final = re.compile(
    rf"\s({_SOMEONE})(?=[,.;:]|\s(?:who|that|in|on|at|from|of|for|with|am|aus|von|en|de)\b|$)", re.IGNORECASE
)
_ACCORDING: Final = re.compile(rf"\b[Aa]ccording to ((?:the )?{_NAME}|{_SOMEONE}(?=[,.;:]|$))")
_SENTENCE_ENDS: Final = (". ", "? ", "! ", "\n", "” ", '." ')


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: a span of the text."""

    text: str
    start: int
    end: int


class Named:
    """Entities of a text, in its order, found by where they stand."""

    def __init__(self, entities: Iterable[Entity], label: str) -> None:
        self._all = [Speaker(e.text, e.start, e.end) for e in entities if e.label == label]
        self._starts = [one.start for one in self._all]

    def within(self, low: int, high: int) -> Sequence[Speaker]:
        """Those that lie between two offsets."""
        found = self._all[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [one for one in found if one.end <= high]

    def last_before(self, at: int) -> Speaker | None:
        """The one named last before an offset."""
        number = bisect_right(self._starts, at)
        return self._all[number - 1] if number else None


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and the organisations that a text names."""

    people: Named
    bodies: Named

    @classmethod
    def of(cls, entities: Sequence[Entity]) -> Cast:
        """Those among ``entities``."""
        return cls(Named(entities, "PERSON"), Named(entities, "ORG"))


def speaker(text: str, span: tuple[int, int], following: int, cast: Cast) -> Speaker | None:
    """Who has spoken a quotation.

    Args:
        span: where it stands in ``text``, its marks included.
        following: where the next quotation opens; what is behind that speaks of another.
    """
    start, end = span
    if signed := _SIGNED.match(text, end):
        return Speaker(signed[1], *signed.span(1))
    opens = text.rfind("\n", 0, start) + 1
    closes = text.find("\n", end)
    after = (end, min(end + AROUND, following, len(text) if closes < 0 else closes))
    if start - opens < 2 and (led := _LED.search(text, max(0, start - AROUND), start)):
        opens = led.start()  # "He went on:" stands in a paragraph of its own
    before = (max(start - AROUND, opens), start)
    for low, high in (before, after) if _LED_IN.search(text, before[0], start) else (after, before):
        if found := _beside(text, low, high, is_before=high == start, cast=cast):
            return found
    return _opener(text, start, cast.people) if _INTRODUCED.search(text, before[0], start) else None


def _beside(text: str, low: int, high: int, *, is_before: bool, cast: Cast) -> Speaker | None:
    """Who speaks by the words on one side of a quotation, by the verb that is nearest to it."""
    verbs = list(_says().finditer(text, low, high))
    for verb in reversed(verbs) if is_before else verbs:
        if meant := _meant(text, verb, low, cast):
            return meant
        acts = is_before and verb[0].lower().endswith("ing")
        if acts and (acting := _opener(text, verb.start(), cast.people)):
            return acting
        if found := _subject(text, verb, (low, high), cast.people):
            return found
    return _according(text, low, high, cast.people)


def _meant(text: str, verb: re.Match[str], low: int, cast: Cast) -> Speaker | None:
    """Whom a pronoun before the verb means: the person, or for "it" the organisation, that is named last before it."""
    pronoun = _PRONOUN_BEFORE.search(text, low, verb.start())
    if pronoun is None:
        return None
    earlier = (cast.bodies if pronoun[1].casefold() == "it" else cast.people).last_before(pronoun.start())
    return Speaker(earlier.text, *pronoun.span(1)) if earlier else None


def _subject(text: str, verb: re.Match[str], within: tuple[int, int], people: Named) -> Speaker | None:
    """Who speaks: a name right before the verb, else right behind it, else someone without a name."""
    low, high = within
    for person in reversed(people.within(low, verb.start())):
        if _BETWEEN_BEFORE.fullmatch(text, person.end, verb.start()):
            return person
    for person in people.within(verb.end(), high):
        if _BETWEEN_BEHIND.fullmatch(text, verb.end(), person.start):
            return person
    for before, behind in ((_NAMED_BEFORE, _NAMED_BEHIND), (_SOMEONE_BEFORE, _SOMEONE_BEHIND)):
        for found in (before.search(text, low, verb.start()), behind.match(text, verb.end(), high)):
            if found:
                return Speaker(found[1], *found.span(1))
    return None


def _opener(text: str, at: int, people: Named) -> Speaker | None:
    """Who opens the sentence that ends at ``at``: "Trump attacked Clinton, saying", "Warren to bank: ‘You"."""
    low = max(0, at - SENTENCE)
    begins = max(low - 1, *(text.rfind(mark, low, at) for mark in _SENTENCE_ENDS)) + 1
    first = next(iter(people.within(begins, at)), None)
    return first if first and first.start - begins <= OPENING else None


def _according(text: str, low: int, high: int, people: Named) -> Speaker | None:
    """Whom "according to" names."""
    cue = _ACCORDING.search(text, low, high)
    if cue is None:
        return None
    return next(iter(people.within(*cue.span(1))), Speaker(cue[1], *cue.span(1)))


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(say_verbs()))})\b", re.IGNORECASE)
