"""The authors that a byline names, in whatever language: labels off, names apart, nothing round them left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final, Literal

from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.names import labels
from copydesk.pipeline.extraction.names.agency import usual_name
from copydesk.pipeline.extraction.names.joining import pieces
from copydesk.pipeline.extraction.names.name import is_name
from copydesk.pipeline.extraction.names.tables import entries
from copydesk.pipeline.extraction.names.trimming import Trimmed, trim
from copydesk.pipeline.gazetteer import candidates
from copydesk.pipeline.given_names import given_names

Source = Literal["declared", "marked", "printed"]
"""Where a byline stands: in metadata, in an element that markup calls the author's, or in a line of text."""

MOST_SPACES: Final = 12  # of a part; a printed one with more is a sentence
LONGEST: Final = 1_000  # characters looked at
_TAG: Final = re.compile(r"<[^<>]{1,300}>")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|(?:^|(?<=[\s(|,]))@[\w.]{2,40}"
)
_BRACKETS: Final = re.compile(r"\s*[(（\[【][^()（）\[\]【】]{0,80}[)）\]】]")
_WHOLE: Final = re.compile(r"\s*[(（\[【「《](.{2,80})[)）\]】」》]\s*")
_GLUED: Final = re.compile(r"^(?:By|by|BY|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ][\w.’'])")
_CASED: Final = re.compile(r"[A-ZÀ-ÖØ-Þa-zß-öø-ÿĀ-ɏͰ-ϿЀ-ӿ]")
_WORD: Final = re.compile(r"\w+")
_FILED: Final = re.compile(r"(?:报道|報導|报导|報道|专电|專電|发自.*)$")
_FROM: Final = re.compile(r"(?<=[\u3400-\u9fff])(?:发自|發自).*$")  # a town, written together with the name
_TOWN_BEFORE: Final = re.compile(r"^\s*[\uac00-\ud7af·]{2,8}\s?[=＝]\s?")  # Korean: "서울=김서연 기자"
_HARD: Final = re.compile(r"\s*[|｜\n•]\s*|\s[–—-]\s|\s·\s")


def authors_in(
    text: str,
    language: str | None = None,
    source: Source = "declared",
    outlets: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """The names of authors in ``text``: "By A, B and C; editing by D" gives A, B and C.

    Args:
        text: a byline, as printed or as metadata have it.
        language: two letters, of the page, if it says so; other languages' short words are no labels then.
        source: what is no name in print may be one where metadata have it: initials, names in lower case.
        outlets: names of the site, folded; one behind a name is taken off.
    """
    yield from _read(text[:LONGEST], language, source, outlets)


@lru_cache(maxsize=2_000)  # a page tells the same name several times, and the pages of a site theirs
def _read(text: str, language: str | None, source: Source, outlets: frozenset[str]) -> tuple[str, ...]:
    found = labels.runs(_cleaned(text, source), language)
    wanted = "author" if any(run.kind == "author" for run in found) else "bare"
    return tuple(name for run in found if run.kind == wanted for name in _names(run.text, language, source, outlets))


def _cleaned(text: str, source: Source) -> str:
    if "&" in text:
        text = unescape(unescape(text))
    text = _FROM.sub("", _ADDRESS.sub(" | ", _TAG.sub(" ", clean_text(text))))
    if (whole := _WHOLE.fullmatch(text)) and (source == "declared" or max(whole[1]) > "\u0900"):
        text = whole[1]
    glued = _GLUED.match(text)
    return f"{glued[0]} {text[glued.end() :]}" if glued else text


def _names(text: str, language: str | None, source: Source, outlets: frozenset[str]) -> Iterator[str]:
    for part in _HARD.split(text) if source == "declared" else _first_named(text):
        named: list[str] = []
        for piece in pieces(_without_brackets(_TOWN_BEFORE.sub("", part), language), language):
            trimmed = _trimmed(piece, language, outlets)
            if source != "declared" and piece.count(" ") > MOST_SPACES:
                continue
            if trimmed.no_author and not trimmed.name:  # "A, photographer"
                del named[-1:]
            elif trimmed.no_author or not is_name(trimmed.name, language, source):
                continue
            elif not named or not _is_told_of(piece, trimmed.name, named[-1]):
                named.append(trimmed.name)
        yield from named


def _trimmed(piece: str, language: str | None, outlets: frozenset[str]) -> Trimmed:
    """See ``trim``; of a desk nothing is taken off: "The Guardian staff" does not leave "The Guardian"."""
    trimmed = trim(piece, language, outlets)
    if trimmed.name and is_organisation(trimmed.name, language):
        return Trimmed(piece.strip(" .,:;|"))
    return trimmed


def is_organisation(name: str, language: str | None = None) -> bool:
    """Whether ``name`` begins or ends as no person's does: "Our editors", "Norpress GmbH"."""
    words = name.casefold().replace(".", "").split()
    known = entries("behind.txt", "organisation", language)
    return bool(words) and (words[0] in known or (len(words) > 1 and words[-1] in known))


def _first_named(text: str) -> list[str]:
    return [part for part in _HARD.split(text) if part.strip()][:1]


def _without_brackets(text: str, language: str | None) -> str:
    """``text`` without what brackets hold; a bracket that tells an occupation of no author stays, for ``trim``."""
    others = entries("behind.txt", "no author", language)

    def kept(match: re.Match[str]) -> str:
        inside = match[0].strip(" ()（）[]【】").casefold()
        return f" {inside}" if inside in others else ""

    return _BRACKETS.sub(kept, text).strip(" ()（）[]【】")


def _is_told_of(piece: str, name: str, before: str) -> bool:
    """Whether a part is no name of its own but tells of the one before: its town, or "Head of Marketing"."""
    if _FILED.search(piece.strip()):
        return True
    if usual_name(name):
        return False
    if (" " in name or not _CASED.match(name)) and candidates(name):
        return name.split(maxsplit=1)[0].casefold() not in given_names()
    if " " in name or not _CASED.match(name):
        return False
    return len(name) < len(piece.strip(" .")) or " " in before


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news agency's and not a person's."""
    return usual_name(name) is not None


def is_outlet(name: str, outlets: frozenset[str]) -> bool:
    """Whether ``name`` is one of the site's own, with or without its article."""
    folded = fold_name(name)
    return folded in outlets or folded.removeprefix("the ") in outlets or f"the {folded}" in outlets


def fold_name(name: str) -> str:
    """Words of ``name`` in lower case, punctuation and spacing gone."""
    return " ".join(_WORD.findall(name.casefold()))
