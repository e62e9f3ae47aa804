"""Direct speech, and who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.annotation.quotes.speakers import Cast, Speaker, speaker
from copydesk.schemas import Entity, Quote

_LONGEST: Final = 1_500  # characters of one quotation within a paragraph
_PAIRS: Final = ("“”", "„“", "„”", '""', '„"', '“"', '"”', "«»", "»«", "「」", "『』")
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
_CARRIED: Final = 200  # characters between two quotations of one speaker, the second without a name
FEWEST_WORDS: Final = 3  # fewer are a term in quotation marks, unless they end like a sentence
_WORD: Final = re.compile(r"[^\W\d_]+")


def find_quotes(text: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """The quotations in ``text`` with their speakers, where the text names them; one within another is part of it.

    The speaker is who stands right before or behind a verb of saying beside the quotation: a person, else a capitalised
    name, else someone without a name ("a spokesman", "the report"). A pronoun means the person, or organisation, named
    last before it: then ``speaker`` is that name, and the offsets are the pronoun's. A quotation that is signed behind
    a dash has the name there; one that follows close on another, with no verb, has its speaker. Where one goes on over
    paragraphs each is a quote, and all are of the speaker that is named last.
    """
    marks = [match for match in _QUOTED.finditer(text) if _is_speech(match)]
    cast, openings = Cast.of(entities), [match.start() for match in marks] + [len(text)]
    found: list[Quote] = []
    unclosed = 0  # quotes, at the end of ``found``, that go on in the next paragraph
    for match, following in zip(marks, openings[1:], strict=True):
        said = speaker(text, match.span(), following, cast)
        if said and unclosed:
            found[-unclosed:] = [_said(one, said) for one in found[-unclosed:]]
        quote = _said(_quote(match), said or _carried(match.start(), found))
        found.append(quote)
        unclosed = unclosed + 1 if quote.end == match.end() else 0
    return tuple(found)


def _is_speech(match: re.Match[str]) -> bool:
    inside = match[match.lastindex or 0].rstrip(" ,")
    return len(_WORD.findall(inside)) >= FEWEST_WORDS or inside.endswith((".", "!", "?"))


def _quote(match: re.Match[str]) -> Quote:
    start = match.start(match.lastindex or 0)
    inside = match[match.lastindex or 0].rstrip(" ,")
    return Quote(text=inside, start=start, end=start + len(inside))


def _said(quote: Quote, by: Speaker | None) -> Quote:
    if by is None:
        return quote
    return quote.model_copy(update={"speaker": by.text, "speaker_start": by.start, "speaker_end": by.end})


def _carried(start: int, found: Sequence[Quote]) -> Speaker | None:
    """The speaker of the quotation just before, when nothing but its own tail lies between."""
    if not found or start - found[-1].end > _CARRIED:
        return None
    last = found[-1]
    if last.speaker is None or last.speaker_start is None or last.speaker_end is None:
        return None
    return Speaker(last.speaker, last.speaker_start, last.speaker_end)
