"""What a byline's labels say of the names behind them: ``By …`` of authors, ``Photos: …`` of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from copydesk.pipeline.extraction.names.tables import LATIN, entries, of_language

Kind = Literal["bare", "author", "other"]

MOST_WORDS: Final = 5  # of a label
MOST_LETTERS: Final = 80  # of a label and what it labels, where only that there is one is asked
GENRE_WORDS: Final = 4  # before the "by" of "A special report by"
SHORTEST: Final = 4  # letters of a Latin word that leads up to names on pages in other languages, too
HANGUL: Final = "\uac00"  # whose labels stand between names with a space alone
_TOKEN: Final = re.compile(r"[^\s:：=＝՝፡៖|｜,;、，；•]+|[:：=＝՝፡៖|｜,;、，；•]")
_COLONS: Final = frozenset(":：=＝՝፡៖")
_SEPARATORS: Final = frozenset("|｜,;、，；•")
_EVERYWHERE: Final = frozenset({"by", "von", "par", "por", "av", "af"})
_AFTER_ANY: Final = frozenset({"by", "par", "por", "door", "oleh", "deur"})  # whatever stands before it
_AFTER_GENRE: Final = frozenset({"von", "de", "di", "van", "av", "af", "del", "da"})  # particles of names as well
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (("author", "author"), ("by", "author"), ("other", "other"))
_FIRST: Final = re.compile(r"[^\s:：=＝՝፡៖|｜,;、，；•]+")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_PAPERS_REPORTER: Final = re.compile(
    r"(?:^|(?<=[\s|,;]))[\u3400-\u9fff·]{2,10}?(?:记者|記者|通讯员|通訊員)[\s:：]*"
    r"(?=[\u3400-\u9fff·]{2,5}(?:[\s,，、;；|]|$))"
)


class Run(NamedTuple):
    """A part of a byline, and whom its label says it names; ``bare`` without a label."""

    kind: Kind
    text: str


class _Token(NamedTuple):
    text: str  # case folded
    start: int
    end: int
    shouted: bool


class _Label(NamedTuple):
    kind: Kind
    start: int
    end: int


def runs(text: str, language: str | None = None) -> list[Run]:
    """``text`` cut at its labels, which are left out; what stands before the first of them is bare."""
    parts: list[Run] = []
    kind: Kind = "bare"
    done = 0
    for label in sorted(_all(text, language), key=lambda label: (label.start, -label.end)):
        if label.start >= done:
            parts.append(Run(kind, text[done : label.start]))
            kind, done = label.kind, label.end
    return [part for part in (*parts, Run(kind, text[done:])) if part.text.strip()]


def is_labelled(text: str, language: str | None = None) -> bool:
    """Whether ``text`` opens with a label of authors."""
    head = text[:MOST_LETTERS].lstrip(" \t-–—|•*([【□■●◆▲")
    if _UNSPACED.match(head):
        match = _written_together().match(head)
        return match is not None and match["author"] is not None
    first = _FIRST.match(head)
    if first is None or _without_article(first[0].casefold()) not in _opening_words(language):
        return False
    label = next(_spaced(head, language), None)
    return label is not None and label.kind == "author" and label.start == 0


def holds_label(text: str, language: str | None = None) -> bool:
    """Whether a label of authors with its colon stands in ``text``, behind a time or a source, for instance."""
    return any(label.kind == "author" and text[: label.end].rstrip()[-1:] in _COLONS for label in _all(text, language))


def _all(text: str, language: str | None) -> Iterator[_Label]:
    yield from _spaced(text, language)
    yield from _unspaced(text)


def _spaced(text: str, language: str | None) -> Iterator[_Label]:
    tokens = [_Token(m[0].casefold(), m.start(), m.end(), m[0].isupper()) for m in _TOKEN.finditer(text)]
    number = 0
    while number < len(tokens):
        if found := _known(tokens, number, language) or _after_genre(tokens, number, language):
            kind, size = found
            if number + size < len(tokens) and tokens[number + size].text in _COLONS:
                size += 1
            yield _Label(kind, tokens[number].start, tokens[number + size - 1].end)
            number += size
        else:
            number += 1


def _known(tokens: list[_Token], number: int, language: str | None) -> tuple[Kind, int] | None:
    """The label that begins at a token, and how many tokens it has: the longest there is."""
    table = _labels(language)
    if tokens[number].text not in _first_words(language):
        return None
    opens = number == 0 or tokens[number - 1].text in _SEPARATORS
    for size in range(min(MOST_WORDS, len(tokens) - number), 0, -1):
        phrase = " ".join(token.text for token in tokens[number : number + size])
        kind = table.get(phrase) or table.get(phrase + ":")
        if kind is None:
            continue
        after = tokens[number + size].text if number + size < len(tokens) else ""
        colon = after in _COLONS and after != ""
        bare = phrase in table and after not in (*_SEPARATORS, "") and (opens or size > 1 or phrase[0] >= HANGUL)
        if colon or bare:
            return kind, size
    return None


def _after_genre(tokens: list[_Token], number: int, language: str | None) -> tuple[Kind, int] | None:
    """``Analysis by``, ``Un'analisi di``, at the beginning: a kind of text, and what leads up to its author."""
    if number and tokens[number - 1].text not in _SEPARATORS:
        return None
    genres = _genres(language)
    for size in range(1, min(GENRE_WORDS, len(tokens) - number - 1) + 1):
        lead = tokens[number + size]
        if lead.text in _COLONS or lead.text in _SEPARATORS:
            return None
        if lead.text in _AFTER_ANY or lead.text in _AFTER_GENRE:
            before = [_without_article(token.text) for token in tokens[number : number + size]]
            if not genres.isdisjoint(before):
                return "author", size + 1
            return None
    return None


def _without_article(word: str) -> str:
    """``analisi`` for ``un'analisi``."""
    return word.rpartition("'")[2].rpartition("’")[2]


def _unspaced(text: str) -> Iterator[_Label]:
    """Labels in scripts that write words together, as in ``记者张三``."""
    if _UNSPACED.search(text):
        for match in _written_together().finditer(text):
            yield _Label("author" if match["author"] else "other", match.start(), match.end())
        for match in _PAPERS_REPORTER.finditer(text):
            yield _Label("author", match.start(), match.end())


@cache
def _labels(language: str | None) -> dict[str, Kind]:
    """Every label, and whom it is of; where a phrase is several things, whatever is not an author goes first."""
    leads = entries("labels.txt", "by", language)
    own = of_language("labels.txt", "by", language)
    by = {word for word in leads if len(word) >= SHORTEST or word in own or word in _EVERYWHERE or word[0] > chr(LATIN)}
    table: dict[str, Kind] = dict.fromkeys((*by, *entries("labels.txt", "author", language)), "author")
    table.update(dict.fromkeys(entries("labels.txt", "other", language), "other"))
    if language:  # what the page's own language says counts more
        for group, kind in _KINDS:
            table.update(dict.fromkeys(of_language("labels.txt", group, language), kind))
    return table


@cache
def _first_words(language: str | None) -> frozenset[str]:
    return frozenset(label.split()[0].rstrip(":") for label in _labels(language))


@cache
def _opening_words(language: str | None) -> frozenset[str]:
    return _first_words(language) | {word for genre in _genres(language) for word in genre.split()[:1]}


@cache
def _genres(language: str | None) -> frozenset[str]:
    return entries("labels.txt", "genre", language)


@cache
def _written_together() -> re.Pattern[str]:
    """At a boundary: a label and its colon; or one of several letters and, right behind it, what it labels."""
    sides = []
    for group, kinds in (("author", ("by", "author")), ("other", ("other",))):
        words = {word for kind in kinds for word in entries("labels.txt", kind) if _UNSPACED.search(word)}
        loose = _alternatives(word for word in words if not word.endswith(":") and len(word) > 1)
        strict = _alternatives(word.rstrip(":") for word in words)
        sides.append(rf"(?P<{group}>(?:{strict})\s?[:：=＝៖/／|｜・]|(?:{loose})(?=\s*[^\s:：=＝៖/／|｜・、,，]))")
    boundary = r"(?:^|(?<=[\s,;|/、，；。()（）【】\[\]｜／・:：]))"
    return re.compile(rf"{boundary}(?:{'|'.join(reversed(sides))})\s*")


def _alternatives(words: Iterator[str] | set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
