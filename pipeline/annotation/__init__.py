"""Annotation: entities, places, quotes and keywords of an article's text."""

from __future__ import annotations

from typing import Final

from spacy.language import Language

from pipeline.annotation.home import homes
from pipeline.annotation.keywords import keywords
from pipeline.annotation.model import ModelNotFound, load_model
from pipeline.annotation.places import locate
from pipeline.annotation.quotes import find_quotes
from schemas import Article, Entity

__all__ = ["Annotator", "ModelNotFound", "load"]

STAGE: Final = "annotate"
VERSION: Final = "1"


class Annotator:
    """A spaCy pipeline and what is read from its entities. Made once a process, by ``load``."""

    def __init__(self, model: str, nlp: Language) -> None:
        self.model = model
        self._nlp = nlp
        nlp.max_length = 20_000_000  # characters; the size of a page is bounded before

    def annotate(self, article: Article) -> Article:
        """``article`` with entities, places, quotes and keywords; entities are empty in a language without a model."""
        entities = self._entities(article.text) if article.language.code == self._nlp.lang else ()
        provenance = article.provenance.model_copy(
            update={"stages": {**article.provenance.stages, STAGE: VERSION}, "model": self.model}
        )
        return article.model_copy(
            update={
                "entities": entities,
                "places": locate(
                    article.text,
                    entities,
                    article.dateline,
                    homes(article.source, article.canonical_url or article.url),
                ),
                "quotes": find_quotes(article.text, entities),
                "keywords": keywords(article.text, article.language.code),
                "provenance": provenance,
            }
        )

    def _entities(self, text: str) -> tuple[Entity, ...]:
        with self._nlp.memory_zone():  # spaCy's string store would grow with every article otherwise
            doc = self._nlp(text)
            return tuple(
                Entity(text=span.text, label=span.label_, start=span.start_char, end=span.end_char) for span in doc.ents
            )


def load(model: str | None = None) -> Annotator:
    """The annotator with the spaCy pipeline ``model``, or the best there is.

    Raises:
        ModelNotFound: ``model`` is not installed.
    """
    return Annotator(*load_model(model))
