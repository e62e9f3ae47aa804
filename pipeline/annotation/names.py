"""Names by rule and list: the spaCy component that finds entities when no trained pipeline is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.gazetteer import candidates
from pipeline.given_names import given_names

_LINKS: Final = frozenset(
    {"of", "the", "for", "de", "la", "del", "da", "dos", "du", "des", "van", "von", "der", "bin", "al", "and"}
)
_PERSON_LINKS: Final = frozenset({"de", "la", "del", "da", "dos", "du", "van", "von", "der", "bin", "al"})
_HYPHENATED: Final = re.compile(r"[A-Z][a-z]+-[a-z]+")  # the given name of Kim Jong-un
_ACRONYM: Final = re.compile(r"[A-Z]{2,6}s?")
_NOT_ACRONYMS: Final = frozenset({"TV", "CEO", "UTC", "GMT", "AM", "PM", "OK", "ID", "END"})
SMALLEST_ALONE: Final = 100_000  # people of a city that is known by its bare name


@Language.component("copydesk_names", assigns=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Sets ``doc.ents`` by the shape of names, the words in them and round them, and the gazetteer."""
    doc.ents = filter_spans([span for run in _runs(doc) for span in _read(doc, run)])
    return doc


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, with the small words that link them."""
    start = None
    for token in doc:
        linked = (
            start is not None
            and token.lower_ in _LINKS
            and token.i + 1 < len(doc)
            and _is_capitalised(doc, token.i + 1)
        )
        if _is_capitalised(doc, token.i) or linked:
            start = token.i if start is None else start
        elif start is not None:
            yield start, token.i
            start = None
    if start is not None:
        yield start, len(doc)


def _is_capitalised(doc: Doc, i: int) -> bool:
    text = doc[i].text
    return text[0].isupper() and any(map(str.isalpha, text))


def _read(doc: Doc, run: tuple[int, int]) -> Iterator[Span]:
    start, end = run
    words = _words()
    skipped = words["not a name"] | words["title"] | _LINKS
    while start + 1 < end and doc[start].lower_.rstrip(".") in skipped:
        start += 1
    if label := _label(doc, start, end):
        yield Span(doc, start, end, label=label)
        return
    # Not one name: look at its parts, longest first from the left.
    at = start
    while at < end:
        if doc[at].lower_.rstrip(".") in words["title"] and at + 1 < end:
            at += 1
            continue
        for stop in range(min(end, at + 6), at, -1):
            if doc[stop - 1].lower_ not in _LINKS and (label := _label(doc, at, stop)):
                yield Span(doc, at, stop, label=label)
                at = stop - 1
                break
        at += 1


def _label(doc: Doc, start: int, end: int) -> str | None:
    span, words = doc[start:end], _words()
    lower = [token.lower_.rstrip(".") for token in span]
    text = span.text
    if len(span) == 1 and lower[0] in words["not a name"]:
        return None
    headed = len(span) > 2 and lower[0] in words["organisation"] and lower[1] in ("of", "for")  # Ministry of Transport
    if headed or (lower[-1] in words["organisation"] and len(span) > 1):
        return "ORG"
    if "-".join(lower) in words["nationality"]:
        return "NORP"
    places = candidates(text)
    if places and places[0].kind in ("country", "region"):
        return "GPE"
    if _is_person(doc, start, end, lower):
        return "PERSON"
    if places and places[0].population >= SMALLEST_ALONE and lower[0] not in words["not a name"]:
        return "GPE"
    if places and start and doc[start - 1].lower_ in ("in", "near", "at", "from", "outside"):
        return "GPE"
    if len(span) == 1 and _ACRONYM.fullmatch(text) and text not in _NOT_ACRONYMS and not _in_capitals(doc, start):
        return "ORG"
    return None


def _is_person(doc: Doc, start: int, end: int, lower: list[str]) -> bool:
    words = _words()
    if not 1 <= len(lower) <= 5 or any(word in words["organisation"] or word in words["nationality"] for word in lower):
        return False
    if any(token.lower_ in _LINKS - _PERSON_LINKS for token in doc[start:end]):
        return False
    titled = start > 0 and doc[start - 1].lower_.rstrip(".") in words["title"]
    if len(lower) == 1:
        return titled and lower[0] not in words["not a name"] | words["title"]
    family_first = lower[0] in words["family name first"] and bool(_HYPHENATED.fullmatch(doc[start + 1 : end].text))
    return family_first or lower[0] in given_names() or titled


def _in_capitals(doc: Doc, i: int) -> bool:
    """Whether the words beside ``i`` are in capitals too: a headline, a dateline, not an acronym."""
    around = [doc[j].text for j in (i - 1, i + 1) if 0 <= j < len(doc) and doc[j].is_alpha]
    return bool(around) and all(word.isupper() and len(word) > 1 for word in around)


@cache
def _words() -> dict[str, frozenset[str]]:
    lines = files("pipeline.annotation").joinpath("data/names.txt").read_text(encoding="utf-8").splitlines()
    table = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {group: frozenset(words.split()) for group, words in table}
