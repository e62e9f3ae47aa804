"""Which spaCy pipeline finds the entities of which language: those configured, and our own for English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import spacy
from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.util import compile_infix_regex
from thinc.api import use_ops

from copydesk.pipeline.annotation.entities import countries, edges, names, repeats, surnames, tagger, told  # noqa: F401 - components
from copydesk.pipeline.wanted_models import RULES_ALONE, SHIPPED, ModelNotFound, entries

ENGLISH: Final = "en"
RULES: Final = ("copydesk_told", "copydesk_surnames", "copydesk_repeats")  # over the whole document, in any language
ENGLISH_RULES: Final = ("copydesk_edges", "copydesk_countries", *RULES)
JOINED: Final = (  # "China-led" is a name and more
    r"(?<=[A-Za-z.])-(?=(?:based|led|backed|born|made|owned|controlled|funded|occupied|listed|run|style|dominated|wide)\b)"
)
UNUSED: Final = ["parser", "tagger", "attribute_ruler", "lemmatizer", "senter"]  # entities need none of them


class Pipeline(NamedTuple):
    """A spaCy pipeline, and the name and version to report it by."""

    name: str
    nlp: Language


def load_pipelines(wanted: str | None) -> dict[str, Pipeline]:
    """The pipelines by the language (ISO 639-1) whose articles they read; our own for English, if no other is wanted.

    Args:
        wanted: names of installed packages, or folders, separated by commas: ``en_core_web_lg,uk=xx_ent_wiki_sm``.
            One that is for another language than it says of itself has that language before it.

    Raises:
        ModelNotFound: one is neither an installed package nor a folder.
    """
    found: dict[str, Pipeline] = {}
    for language, name in entries(wanted):
        pipeline = _load(name)
        found[language or str(pipeline.nlp.lang)] = pipeline
    if ENGLISH not in found:
        found[ENGLISH] = _load(SHIPPED)
    return found


def _load(name: str) -> Pipeline:
    if name in OWN:
        nlp, report = OWN[name](), name
    else:
        try:
            # The wheels of blis 1.3 have no kernel for any processor in particular.
            with use_ops("numpy", use_blis=False):
                nlp = spacy.load(name, exclude=UNUSED)
        except OSError as error:
            raise ModelNotFound(name) from error
        report = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
        if "tok2vec" in nlp.pipe_names and not nlp.get_pipe("tok2vec").listeners:  # type: ignore[attr-defined]
            # The tagger and parser read it, the entity recogniser has its own: half the time.
            nlp.remove_pipe("tok2vec")
    nlp.max_length = 20_000_000  # characters; the size of a page is bounded before
    for rule in ENGLISH_RULES if nlp.lang == ENGLISH else RULES:
        nlp.add_pipe(rule, last=True)
    return Pipeline(report, nlp)


def rules_and_model() -> Language:
    """The pipeline that ships."""
    nlp = tokens_and_rules()
    nlp.add_pipe("copydesk_tagger")
    return nlp


def tokens_and_rules() -> Language:
    """The pipeline that ships without its trained model: words, and names by rule."""
    nlp = spacy.blank(ENGLISH)
    # "Jong-un" stays one word: the rules read names, not compounds.
    infixes = [rule for rule in nlp.Defaults.infixes or () if HYPHENS not in str(rule)]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, JOINED]).finditer  # type: ignore[union-attr]
    nlp.add_pipe("copydesk_names")
    return nlp


OWN: Final[dict[str, Callable[[], Language]]] = {SHIPPED: rules_and_model, RULES_ALONE: tokens_and_rules}
