"""Annotation: entities, places, quotes and keywords of an article's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from copydesk.pipeline.annotation.entities.links import link
from copydesk.pipeline.annotation.entities.model import Pipeline, load_pipelines
from copydesk.pipeline.annotation.entities.told import KEY, Mention, told
from copydesk.pipeline.annotation.keywords import keywords
from copydesk.pipeline.annotation.places.places import find_places
from copydesk.pipeline.annotation.quotes.quotes import find_quotes
from copydesk.pipeline.wanted_models import ModelNotFound
from copydesk.schemas import Article, Entity

__all__ = ["Annotator", "ModelNotFound", "load"]

STAGE: Final = "annotate"
VERSION: Final = "2"


class Annotator:
    """SpaCy pipelines and what is read from their entities. Made once a process, by ``load``."""

    def __init__(self, pipelines: Mapping[str, Pipeline]) -> None:
        self.model = ",".join(pipeline.name for pipeline in pipelines.values())
        self._pipelines = pipelines

    def annotate(self, article: Article, longest: int | None = None) -> Article:
        """``article`` with entities, places, quotes and keywords.

        In a language without a pipeline there are no entities, and ``provenance.model`` is None.

        Args:
            longest: characters of the text that are read; ``provenance.read_characters`` tells where that is not all.
        """
        text, pipeline = article.text[:longest], self._pipelines.get(article.language.code)
        entities = find_entities(text, pipeline, told(article)) if pipeline else ()
        provenance = article.provenance.model_copy(
            update={
                "stages": {**article.provenance.stages, STAGE: VERSION},
                "model": pipeline.name if pipeline else None,
                "read_characters": len(text) if len(text) < len(article.text) else None,
            }
        )
        return article.model_copy(
            update={
                "entities": entities,
                "places": find_places(article, text, entities, is_read=pipeline is not None),
                "quotes": find_quotes(text, entities),
                "keywords": keywords(text, article.language.code),
                "provenance": provenance,
            }
        )


def find_entities(text: str, pipeline: Pipeline, known: Iterable[Mention] = ()) -> tuple[Entity, ...]:
    """The entities of ``text`` in its order, with the ids that those share that are the same.

    Those that are ``known`` are taken over.
    """
    with pipeline.nlp.memory_zone():  # spaCy's string store would grow with every article otherwise
        doc = pipeline.nlp.make_doc(text)
        doc.user_data[KEY] = list(known)
        return link(
            [
                Entity(text=span.text, label=span.label_, start=span.start_char, end=span.end_char)
                for span in pipeline.nlp(doc).ents
            ]
        )


def load(model: str | None = None) -> Annotator:
    """The annotator with the spaCy pipelines ``model`` (see ``load_pipelines``), and our own for English by default.

    Raises:
        ModelNotFound: one of ``model`` is not installed.
    """
    return Annotator(load_pipelines(model))
