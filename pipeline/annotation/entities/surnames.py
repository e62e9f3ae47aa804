"""A person named in full once is meant by the surname alone afterwards: a rule over the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from copydesk.pipeline.annotation.entities.word_features import kind_of_place

SHORTEST: Final = 3  # letters of a surname that is looked for alone
MISTAKEN: Final = frozenset({"ORG", "GPE", "LOC", "NORP", "PRODUCT", "WORK_OF_ART"})  # for the name of a person


@Language.component("copydesk_surnames", requires=["doc.ents"], assigns=["doc.ents"])
def surnames(doc: Doc) -> Doc:
    """Adds the bare surnames and first names of people in ``doc.ents``, where no other entity stands.

    Neighbours are one name. One word of another label that is somebody's surname is that person, a country never.
    """
    people = [span for span in doc.ents if span.label_ == "PERSON" and len(span) > 1]
    last = _names(span[-1].text for span in people)
    known = last | _names(span[0].text for span in people)
    kept = [
        Span(doc, span.start, span.end, label="PERSON") if span.text in last and _is_mistaken(span) else span
        for span in doc.ents
    ]
    alone = [token.i for token in doc if token.text in known and not token.ent_type]
    doc.ents = [*kept, *(Span(doc, start, end, label="PERSON") for start, end in _runs(alone))]
    return doc


def _names(words: Iterable[str]) -> set[str]:
    return {word for word in words if word[0].isupper() and len(word) >= SHORTEST and word.isalpha()}


def _is_mistaken(span: Span) -> bool:
    if span.label_ not in MISTAKEN or (span.start and span.doc[span.start - 1].lower_ in ("in", "near", "at", "from")):
        return False
    return kind_of_place(span.text) != "country"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring tokens, as (start, end)."""
    start = None
    for at, number in enumerate(numbers):
        start = number if start is None else start
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number + 1
            start = None
