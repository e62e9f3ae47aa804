"""One name, one label: what a name is called most often in an article it is called throughout."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
SHORTEST: Final = 2  # letters of a name that is looked for elsewhere


@Language.component("copydesk_repeats", requires=["doc.ents"], assigns=["doc.ents"])
def repeats(doc: Doc) -> Doc:
    """Gives every mention of a name the label that most of its mentions have, and finds the mentions that were missed.

    An acronym in parentheses behind an organisation, as in World Health Organization (WHO), is another name of it.
    """
    labels: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for span in doc.ents:
        if span.label_ in NAMED:
            labels[_surface(span)][span.label_] += 1
            if span.label_ == "ORG" and (acronym := _acronym_of(span)):
                labels[(acronym,)]["ORG"] += 2  # it is said, not guessed
    known = {surface: _most(found) for surface, found in labels.items() if _is_sure(surface, found)}
    kept = [_called(doc, span, known) for span in doc.ents]
    taken = {token.i for span in kept for token in span}
    missed = [span for span in _mentions(doc, known) if taken.isdisjoint(range(span.start, span.end))]
    doc.ents = filter_spans([*kept, *missed])
    return doc


def _surface(span: Span) -> tuple[str, ...]:
    """The words of a name, without the article and the possessive that may come with it."""
    words = [token.text for token in span]
    if words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    if words and words[-1] in ("'s", "’s"):
        words = words[:-1]
    return tuple(words)


def _acronym_of(span: Span) -> str | None:
    doc, end = span.doc, span.end
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        inside = doc[end + 1].text
        initials = "".join(token.text[0] for token in span if token.text[0].isupper())
        if inside.isupper() and inside.isalpha() and len(inside) >= SHORTEST and inside[0] in initials:
            return inside
    return None


def _is_sure(surface: tuple[str, ...], found: Counter[str]) -> bool:
    """Whether other places where these words stand are surely the same name."""
    text = " ".join(surface)
    return len(text) >= SHORTEST and text[0].isupper() and (len(surface) > 1 or found.total() > 1)


def _most(found: Counter[str]) -> str:
    return max(sorted(found), key=found.__getitem__)


def _called(doc: Doc, span: Span, known: dict[tuple[str, ...], str]) -> Span:
    label = known.get(_surface(span))
    return Span(doc, span.start, span.end, label=label) if label and span.label_ in NAMED else span


def _mentions(doc: Doc, known: dict[tuple[str, ...], str]) -> list[Span]:
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for surface in known:
        by_first[surface[0]].append(surface)
    found = []
    words = [token.text for token in doc]
    for i, word in enumerate(words):
        for surface in by_first.get(word, ()):
            if tuple(words[i : i + len(surface)]) == surface:
                found.append(Span(doc, i, i + len(surface), label=known[surface]))
    return found
