"""Countries and their peoples have one label each, whatever stands round them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from copydesk.pipeline.annotation.entities.word_features import kind_of_place
from copydesk.pipeline.annotation.entities.word_groups import word_groups

LONGEST: Final = 3  # words of a country's name that is looked for where no entity stands
SHORTEST: Final = 3  # letters of one
ALSO_PEOPLE: Final = frozenset({"Chad", "Georgia", "Israel", "Jordan"})
CONFUSED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})  # labels that are known better


@Language.component("copydesk_countries", requires=["doc.ents"], assigns=["doc.ents"])
def countries(doc: Doc) -> Doc:
    """Labels countries GPE and peoples NORP in ``doc.ents``, and adds the countries that are missing."""
    kept = [Span(doc, span.start, span.end, label=_label(span)) for span in doc.ents]
    doc.ents = [*kept, *_missing(doc)]
    return doc


def _label(span: Span) -> str:
    name = span.text.removeprefix("the ").removeprefix("The ")
    if span.label_ not in CONFUSED:
        return span.label_
    if name.lower().replace(" ", "-") in word_groups()["nationality"]:
        return "NORP"
    is_person = span.label_ == "PERSON" and name in ALSO_PEOPLE
    return "GPE" if kind_of_place(name) == "country" and not is_person else span.label_


def _missing(doc: Doc) -> Iterator[Span]:
    """Capitalised names of countries outside of entities, the longest first."""
    i = 0
    while i < len(doc):
        length = 1
        if doc[i].text[0].isupper() and not doc[i].ent_type:
            for length in range(min(LONGEST, len(doc) - i), 0, -1):
                span = doc[i : i + length]
                free = not any(token.ent_type for token in span)
                if free and len(span.text) >= SHORTEST and kind_of_place(span.text) == "country":
                    yield Span(doc, i, i + length, label="GPE")
                    break
        i += length
