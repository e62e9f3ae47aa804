"""Which spaCy pipeline finds the entities: the one configured, else the best installed, else our own."""

from __future__ import annotations

from typing import Final

import spacy
from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.util import compile_infix_regex, is_package

from pipeline.annotation import names, repeats, surnames  # noqa: F401 - they register their components

INSTALLED: Final = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
SHIPPED: Final = "copydesk_names"
JOINED: Final = (  # "China-led" is a name and more
    r"(?<=[A-Za-z.])-(?=(?:based|led|backed|born|made|owned|controlled|funded|occupied|listed|run|style|dominated|wide)\b)"
)
UNUSED: Final = ["parser", "tagger", "attribute_ruler", "lemmatizer", "senter"]  # entities need none of them


class ModelNotFound(Exception):
    """The spaCy pipeline that was asked for is not installed; the message says how to get it."""


def load_model(name: str | None) -> tuple[str, Language]:
    """The pipeline and the name to report it by, with its version.

    Raises:
        ModelNotFound: ``name`` is neither an installed package nor a folder.
    """
    chosen = choose(name)
    if chosen == SHIPPED:
        return SHIPPED, _with_rules(_shipped())
    try:
        nlp = spacy.load(chosen, exclude=UNUSED)
    except OSError as error:
        raise ModelNotFound(
            f"spaCy pipeline {chosen!r} is not installed: `python -m spacy download {chosen}`, or give a folder"
        ) from error
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}", _with_rules(nlp)


def choose(name: str | None) -> str:
    """The pipeline that is meant: ``name``, else the best installed, else our own."""
    return name or next((package for package in INSTALLED if is_package(package)), SHIPPED)


def _with_rules(nlp: Language) -> Language:
    """``nlp`` with the rules that read the whole document, whichever pipeline found the entities."""
    nlp.add_pipe("copydesk_surnames", last=True)
    nlp.add_pipe("copydesk_repeats", last=True)
    return nlp


def _shipped() -> Language:
    nlp = spacy.blank("en")
    # "Jong-un" stays one word: the rules read names, not compounds.
    infixes = [rule for rule in nlp.Defaults.infixes or () if HYPHENS not in str(rule)]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, JOINED]).finditer  # type: ignore[union-attr]
    nlp.add_pipe(SHIPPED)
    return nlp
