"""The trained model: a linear-chain conditional random field over the features of each token (CRFsuite)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc, Span

from copydesk.pipeline.annotation.entities.features import OUTSIDE, see, sequences

PLACES: Final = ("GPE", "LOC")


@Language.component("copydesk_tagger", requires=["doc.ents"], assigns=["doc.ents"])
def tagger(doc: Doc) -> Doc:
    """Sets ``doc.ents`` by the trained model, to which the entities that the rules found are evidence.

    A place of the rules stays where the model sees no name at all.
    """
    found = list(find(_model(), doc))
    taken = {token.i for span in found for token in span}
    places = (span for span in doc.ents if span.label_ in PLACES)
    doc.ents = [*found, *(span for span in places if taken.isdisjoint(range(span.start, span.end)))]
    return doc


def find(model: pycrfsuite.Tagger, doc: Doc) -> Iterator[Span]:
    """The entities of ``doc`` by ``model``."""
    seen = see(doc)
    for start, end in sequences(doc):
        yield from spans(doc, start, model.tag(seen[start:end]))


def spans(doc: Doc, start: int, tags: Sequence[str]) -> Iterator[Span]:
    """The entities that ``tags``, of the tokens from ``start`` on, say."""
    began: int | None = None
    for i, tag in enumerate([*tags, OUTSIDE]):
        if began is not None and not tag.startswith("I-"):
            yield Span(doc, start + began, start + i, label=tags[began][2:])
            began = None
        if tag.startswith("B-"):
            began = i


@cache
def _model() -> pycrfsuite.Tagger:
    model = pycrfsuite.Tagger()
    model.open_inmemory(_weights())
    return model


@cache  # the tagger reads in these bytes as long as it lives, and does not hold them
def _weights() -> bytes:
    return gzip.decompress(Path(__file__).with_name("entities.crf.gz").read_bytes())
