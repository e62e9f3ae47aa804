"""Where a name begins: behind the title, and never with a small word that is no part of names."""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from copydesk.pipeline.annotation.entities.word_groups import word_groups

TRIMMED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})


@Language.component("copydesk_edges", requires=["doc.ents"], assigns=["doc.ents"])
def edges(doc: Doc) -> Doc:
    """Takes titles and small words from the front of entities: "lawyer Ruhul Amin", "Justice Ekwo", "the Senate"."""
    doc.ents = [_trimmed(span) if span.label_ in TRIMMED else span for span in doc.ents]
    return doc


def _trimmed(span: Span) -> Span:
    start = span.start
    while start + 1 < span.end and _is_outside(span.doc[start], span.label_):
        start += 1
    return Span(span.doc, start, span.end, label=span.label)


def _is_outside(token: Token, label: str) -> bool:
    words = word_groups()
    if label == "PERSON" and token.lower_.rstrip(".") in words["title"] | words["before a person"]:
        return True
    return token.is_lower and token.lower_ not in words["inside a name"]
