"""Trains ``pipeline/annotation/entities/entities.crf.gz``, the tagger of entities that ships, by ``entities.toml``.

``python -m training.annotation.entities``. Sources and licences: the model card beside the model. Needs
../shared/data/ner and the dependency group ``bench``.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from typing import Any, Final

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from copydesk.pipeline.annotation.entities.features import see, sequences, tags
from copydesk.pipeline.annotation.entities.model import tokens_and_rules
from copydesk.pipeline.annotation.entities.tagger import find
from copydesk.pipeline.annotation.entities.word_groups import word_groups
from copydesk.pipeline.gazetteer import candidates
from training.annotation import model_card
from training.annotation.entity_texts import Labelled, Mention, documents
from training.annotation.names_of_the_world import rename
from training.annotation.news_forms import frame
from training.manifest import ROOT, record

OUT: Final = ROOT / "pipeline" / "annotation" / "entities" / "entities.crf.gz"
CONFIG: Final = Path(__file__).with_suffix(".toml")
FEATURES: Final = ("features", "word_features", "cues")
READS: Final = [CONFIG, *(ROOT / "pipeline" / "annotation" / "entities" / f"{name}.py" for name in FEATURES)]
TEACHER: Final = "train.gmb-teacher"
GOLD: Final = ("train.wikigold", "train.uner_ewt_devtest")
IN_GOLD: Final = ("PERSON", "ORG", "GPE", "LOC")


def main() -> None:
    """Train, note what was made of what, score."""
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    random, nlp, size = Random(config["seed"]), tokens_and_rules(), config["sentences_a_document"]
    taught = list(documents(TEACHER, size))
    random.shuffle(taught)
    taught = taught[: int(len(taught) * config["teacher_share"])]
    first = train(nlp, taught, config["labels"], config["first"])
    gold = list(completed(nlp, first, (text for name in GOLD for text in documents(name, size))))
    texts = taught + gold * config["gold_copies"]
    for text in taught + gold:
        renamed, framed = random.random() < config["renamed_share"], random.random() < config["framed_share"]
        copy = rename(text, random) if renamed else text
        if renamed or framed:
            texts.append(frame(copy, random) if framed else copy)
    OUT.write_bytes(gzip.compress(train(nlp, texts, config["labels"], config["final"]), mtime=0))
    record(__file__, OUT, reads=READS)
    model_card.main()


def train(nlp: Language, texts: Iterable[Labelled], labels: list[str], settings: dict[str, Any]) -> bytes:
    """A model of ``labels`` trained on ``texts``, as CRFsuite writes it."""
    settings = dict(settings)
    trainer = pycrfsuite.Trainer(algorithm=settings.pop("algorithm"), params=settings, verbose=False)
    for labelled in texts:
        doc = nlp(labelled.text)
        seen, wanted = see(doc), gold_tags(doc, [mention for mention in labelled.mentions if mention.label in labels])
        for start, end in sequences(doc):
            trainer.append(seen[start:end], wanted[start:end])
    with NamedTemporaryFile(suffix=".crf") as made:
        trainer.train(made.name)
        return Path(made.name).read_bytes()


def gold_tags(doc: Doc, mentions: list[Mention]) -> list[str]:
    """A tag a token, for the tokens that ``mentions`` touch."""
    labelled = Doc(doc.vocab, [token.text for token in doc], [bool(token.whitespace_) for token in doc])
    spans = [labelled.char_span(*mention, alignment_mode="expand") for mention in mentions]
    ends = [0, *(span.end for span in spans)]
    labelled.ents = [span for span, end in zip(spans, ends, strict=False) if span.start >= end]
    return tags(labelled)


def completed(nlp: Language, model: bytes, texts: Iterable[Labelled]) -> Iterator[Labelled]:
    """``texts``, whose labels are people, organisations, locations and the rest, with the labels of OntoNotes.

    A location that the gazetteer knows is a GPE. What else there is, dates and nationalities above all, ``model`` says.
    """
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    for text, mentions in texts:
        found = [Mention(span.start_char, span.end_char, span.label_) for span in find(tagger, nlp(text))]
        others = [mention for mention in found if mention.label not in IN_GOLD]
        known = [_as_ontonotes(text, mention, others) for mention in mentions]
        free = [new for new in others if all(new.end <= old.start or old.end <= new.start for old in known)]
        yield Labelled(text, sorted([*known, *free]))


def _as_ontonotes(text: str, mention: Mention, others: list[Mention]) -> Mention:
    name = text[mention.start : mention.end]
    if mention.label == "LOC" and candidates(name):
        return mention._replace(label="GPE")
    if mention.label != "MISC":
        return mention
    if name.lower() in word_groups()["nationality"]:
        return mention._replace(label="NORP")
    same = (other.label for other in others if other[:2] == mention[:2])
    return mention._replace(label=next(same, "WORK_OF_ART"))


if __name__ == "__main__":
    main()
