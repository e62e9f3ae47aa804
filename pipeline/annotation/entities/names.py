"""Names by rule and list: the spaCy component that finds entities when no trained pipeline is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from copydesk.pipeline.annotation.entities.word_groups import word_groups
from copydesk.pipeline.annotation.quotes.say_verbs import say_verbs
from copydesk.pipeline.gazetteer import candidates
from copydesk.pipeline.given_names import given_names

_LINKS: Final = frozenset(
    {"of", "the", "for", "de", "la", "del", "da", "dos", "du", "des", "van", "von", "der", "bin", "al", "and"}
)
_PERSON_LINKS: Final = frozenset({"de", "la", "del", "da", "dos", "du", "van", "von", "der", "bin", "al"})
_HYPHENATED: Final = re.compile(r"[A-Z][a-z]+-[a-z]+")  # the given name of Kim Jong-un
_ACRONYM: Final = re.compile(r"[A-Z]{2,6}s?")
LONGEST: Final = 60  # words of a stretch in capitals that is read: a headline is shorter
SMALLEST_ALONE: Final = 100_000  # people of a city that is known by its bare name


@Language.component("copydesk_names", assigns=["doc.ents"])
def names(doc: Doc) -> Doc:
    """Sets ``doc.ents`` by the shape of names, the words in them and round them, and the gazetteer."""
    runs = (run for run in _runs(doc) if run[1] - run[0] <= LONGEST)
    doc.ents = filter_spans([span for run in runs for span in _read(doc, run)])
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
    words = word_groups()
    while start + 1 < end and doc[start].lower_.rstrip(".") in _skipped() and not candidates(doc[start:end].text):
        start += 1
    if label := _label(doc, start, end):
        yield Span(doc, start, end, label=label)
        return
    # Not one name: look at its parts, longest first from the left.
    at = start
    while at < end:
        if doc[at].is_lower or (doc[at].lower_.rstrip(".") in words["title"] and at + 1 < end):
            at += 1
            continue
        for stop in range(min(end, at + 6), at, -1):
            if doc[stop - 1].lower_ not in _LINKS and (label := _label(doc, at, stop)):
                yield Span(doc, at, stop, label=label)
                at = stop - 1
                break
        at += 1


@cache
def _skipped() -> frozenset[str]:
    """Words that open no name."""
    words = word_groups()
    return frozenset(words["not a name"] | words["title"] | _LINKS)


@cache
def _told() -> frozenset[str]:
    """Words that no name of a person has, by which nothing else is known of it."""
    words = word_groups()
    known = words["not a name"] | words["organisation"] | words["title"] | words["nationality"]
    return frozenset(known | _LINKS - _PERSON_LINKS)


def _label(doc: Doc, start: int, end: int) -> str | None:
    span, words = doc[start:end], word_groups()
    lower = [token.lower_.rstrip(".") for token in span]
    text = span.text
    if (len(span) == 1 and lower[0] in words["not a name"]) or _are_two(doc, start, end, lower):
        return None
    headed = len(span) > 2 and lower[0] in words["organisation"] and lower[1] in ("of", "for")  # Ministry of Transport
    if headed or (lower[-1] in words["organisation"] and len(span) > 1):
        return "ORG"
    if "-".join(lower) in words["nationality"]:
        return "NORP"
    if len(span) == 1 and (known := _known(lower[0])):
        return known
    places = candidates(text)
    if places and places[0].kind in ("country", "region"):
        return "GPE"
    if len(span) > 1 and (
        (lower[-1] in words["area"] and "and" not in lower)
        or (lower[0] in words["part of"] and candidates(doc[start + 1 : end].text))
    ):
        return "LOC"
    if places and (_lies_in(doc, end) or _is_where(doc, start)):
        return "GPE"
    if _is_person(doc, start, end, lower):
        return "PERSON"
    if places and places[0].population >= SMALLEST_ALONE and lower[0] not in words["not a name"]:
        return "GPE"
    if _speaks(doc, start, end, lower):
        return "PERSON"
    if (
        len(span) == 1
        and _ACRONYM.fullmatch(text)
        and lower[0] not in words["not an acronym"]
        and not _in_capitals(doc, start)
    ):
        return "ORG"
    return None


def _are_two(doc: Doc, start: int, end: int, lower: list[str]) -> bool:
    """Whether each side of an "and" is a name by itself."""
    if "and" not in lower[1:-1]:
        return False
    middle = start + 1 + lower[1:].index("and")
    return _label(doc, start, middle) is not None and _label(doc, middle + 1, end) is not None


def _is_where(doc: Doc, start: int) -> bool:
    """Whether the words before say that a place follows: "in", "the town of"."""
    before = [doc[i].lower_ for i in range(max(0, start - 2), start)]
    words = word_groups()
    return bool(before) and (
        before[-1] in words["where"] or (before[-1] == "of" and len(before) > 1 and before[0] in words["settlement"])
    )


def _lies_in(doc: Doc, end: int) -> bool:
    """Whether a region or country is named right behind: "Paris, Texas"."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    for stop in (end + 3, end + 2):
        found = candidates(doc[end + 1 : min(stop, len(doc))].text)
        if found and found[0].kind != "city" and doc[end + 1].text[0].isupper():
            return True
    return False


def _known(word: str) -> str | None:
    words = word_groups()
    if word in words["known organisation"]:
        return "ORG"
    return "PERSON" if word in words["known person"] else None


def _is_person(doc: Doc, start: int, end: int, lower: list[str]) -> bool:
    words = word_groups()
    if not 1 <= len(lower) <= 5 or any(word in words["organisation"] or word in words["nationality"] for word in lower):
        return False
    if any(token.lower_ in _LINKS - _PERSON_LINKS for token in doc[start:end]):
        return False
    titled = start > 0 and doc[start - 1].lower_.rstrip(".") in words["title"]
    if len(lower) == 1:
        return titled and lower[0] not in words["not a name"] | words["title"]
    family_first = lower[0] in words["family name first"] and bool(_HYPHENATED.fullmatch(doc[start + 1 : end].text))
    return family_first or lower[0] in given_names() or titled


def _speaks(doc: Doc, start: int, end: int, lower: list[str]) -> bool:
    """Whether a name of unknown words stands right beside a verb of saying, or before an age: as people do."""
    if (
        len(lower) > 3
        or not _told().isdisjoint(lower)
        or not all(token.is_alpha or "-" in token.text for token in doc[start:end])
    ):
        return False
    if any(token.is_upper and len(token) > 1 for token in doc[start:end]):
        return False
    behind = doc[end].lower_ if end < len(doc) else ""
    aged = end + 2 < len(doc) and behind == "," and doc[end + 1].is_digit and doc[end + 2].text in ",."
    if aged and len(lower) > 1:
        return True
    return behind in say_verbs() or (start > 0 and doc[start - 1].lower_ in say_verbs() and behind not in ("'s", "’s"))


def _in_capitals(doc: Doc, i: int) -> bool:
    """Whether the words beside ``i`` are in capitals too: a headline, a dateline, not an acronym."""
    around = [doc[j].text for j in (i - 1, i + 1) if 0 <= j < len(doc) and doc[j].is_alpha]
    return bool(around) and all(word.isupper() and len(word) > 1 for word in around)
