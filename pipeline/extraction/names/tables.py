"""The tables of this room: words by group and by the language that they are of."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from copydesk.pipeline.data_lines import data_lines

KIN: Final = {
    "nb": ("no", "da"), "nn": ("no", "da"), "no": ("no", "da"), "da": ("da", "no"), "bs": ("hr", "sr"),
    "hr": ("hr", "sr"), "sr": ("sr", "hr"), "sh": ("hr", "sr"), "id": ("id", "ms"), "ms": ("ms", "id"),
    "fil": ("tl",), "gl": ("es", "pt"), "yue": ("zh",), "iw": ("he",), "ckb": ("ku",), "mo": ("ro",),
}  # fmt: skip
"""Languages whose words stand for others' too; of every other language its own do."""
LATIN: Final = 0x250  # letters below it are Latin: what they spell may be a word in one language, a name in another


class _Row(NamedTuple):
    language: str
    group: str
    words: frozenset[str]
    foreign: frozenset[str]  # those of them in other scripts than Latin


@cache
def entries(table: str, group: str, language: str | None = None) -> frozenset[str]:
    """The entries of ``group`` in ``table``, case folded, that count on a page in ``language``.

    English is understood everywhere, and so is what no other language could mean: words in other scripts. With no
    language given all entries count.
    """
    wanted = _kin(language)
    rows = (row for row in _rows(table) if row.group == group)
    return frozenset().union(*(row.words if not wanted or row.language in wanted else row.foreign for row in rows))


@cache
def of_language(table: str, group: str, language: str | None) -> frozenset[str]:
    """The entries of ``group`` in ``table`` that are of ``language`` itself."""
    wanted = KIN.get(language or "", (language,))
    return frozenset().union(*(row.words for row in _rows(table) if row.group == group and row.language in wanted))


def short_language(tag: str | None) -> str | None:
    """``de`` for ``de-AT``; None for no tag, and for one that is none."""
    short = (tag or "").replace("_", "-").partition("-")[0].strip().lower()
    return short if short.isalpha() and len(short) in (2, 3) else None


@cache
def _kin(language: str | None) -> frozenset[str]:
    return frozenset({"en", *KIN.get(language, (language,))}) if language else frozenset()


@cache
def _rows(table: str) -> tuple[_Row, ...]:
    rows = (line.split("\t") for line in data_lines(__file__, table))
    words = ((of, kind, frozenset(words.casefold().split("|"))) for of, kind, words in rows)
    return tuple(
        _Row(of, kind, every, frozenset(word for word in every if ord(max(word)) >= LATIN)) for of, kind, every in words
    )
