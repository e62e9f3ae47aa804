"""Direct speech, and who said it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.annotation.quotes.marks import Quoted, quoted
from copydesk.pipeline.annotation.quotes.speakers import Cast, Speaker, speaker
from copydesk.pipeline.annotation.quotes.speech import is_speech, trimmed
from copydesk.schemas import Entity, Quote

_CARRIED: Final = 200  # characters between two quotations of one speaker, the second without a name


def find_quotes(text: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """The quotations in ``text`` with their speakers, where the text names them; one within another is part of it.

    The speaker is who stands right before or behind a verb of saying beside the quotation: a person, else a capitalised
    name, else someone without a name ("a spokesman", "the report"). A pronoun means the person, or organisation, named
    last before it: then ``speaker`` is that name, and the offsets are the pronoun's. A quotation that is signed behind
    a dash has the name there; one that follows close on another, with no verb, has its speaker. Where one goes on over
    paragraphs each is a quote, and all are of the speaker that is named last.
    """
    marks = [found for found in quoted(text) if is_speech(text, found)]
    cast, openings = Cast.of(entities), [found.start for found in marks] + [len(text)]
    found: list[Quote] = []
    unclosed = 0  # quotes, at the end of ``found``, that go on in the next paragraph
    for one, following in zip(marks, openings[1:], strict=True):
        said = speaker(text, (one.start, one.end), following, cast)
        if said and unclosed:
            found[-unclosed:] = [_said(part, said) for part in found[-unclosed:]]
        found.append(_said(_quote(text, one), said or _carried(one.start, found)))
        unclosed = unclosed + 1 if one.is_open else 0
    return tuple(found)


def _quote(text: str, found: Quoted) -> Quote:
    start, end = trimmed(text, found)
    return Quote(text=text[start:end], start=start, end=end)


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
