"""Several names in one string: cut at commas, and at what each language says for "and"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from copydesk.pipeline.extraction.names.tables import entries, of_language

MOST: Final = 40  # names of a string
_MARKS: Final = re.compile(
    r"\s*[,;|｜/／、，；،؛＆&•‖*]\s*|\s+[·∙]\s+|(?<=[\uac00-\ud7af])[·ㆍ](?=[\uac00-\ud7af])|\s[-–—]\s|\s{2,}"
)
_IDEOGRAPHS: Final = "\u3400-\u9fff々"
_TOGETHER: Final = re.compile(rf"(?<=[{_IDEOGRAPHS}]{{2}})(?:和|与|與|及|と|および|・)(?=[{_IDEOGRAPHS}]{{2}})")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]{2,4}(?: [\u3400-\u9fff]{2,4})+")
_KOREAN: Final = re.compile(r"[\uac00-\ud7af]{2,4}(?: [\uac00-\ud7af]{2,4})+")
_GLUED: Final = {"و": "ar", "ו": "he"}


def pieces(text: str, language: str | None = None) -> list[str]:
    """The parts of ``text`` that may each be a name, in order."""
    found = []
    for part in _MARKS.split(_joined_by_commas(text, language)):
        for name in _TOGETHER.split(part.strip()):
            found += _by_spaces(name, language)
            if len(found) >= MOST:
                return found
    return [name for name in found if name]


def _joined_by_commas(text: str, language: str | None) -> str:
    """``text`` with a comma for every word that joins names."""
    words = text.split(" ")
    shouted = text.isupper()
    joins, within = _joins(language), entries("joins.txt", "within")
    for number in range(1, len(words) - 1):
        word = words[number].casefold() if shouted else words[number]
        if (
            word in joins
            or (word in within and not _inside(words, number))
            or _between_names(word, words, number, language)
        ):
            words[number] = ","
        elif word[:1] in _GLUED and _is_glued(word, words, number):
            words[number] = f", {word[1:]}"
    return " ".join(words)


def _inside(words: list[str], number: int) -> bool:
    """Whether a join stands inside a name, as in Ortega y Gasset: one word behind it, and more than one before."""
    before = list(_since_comma(words[:number]))
    after = _until_comma(words[number + 1 :])
    return len(before) > 1 and len(after) == 1


def _between_names(word: str, words: list[str], number: int, language: str | None) -> bool:
    """Whether a word that joins in some languages only stands between two whole names of a page in an unknown one."""
    if language is not None or word not in entries("joins.txt", "only"):
        return False
    return len(_since_comma(words[:number])) > 1 and len(_until_comma(words[number + 1 :])) > 1


def _is_glued(word: str, words: list[str], number: int) -> bool:
    """Whether a word begins with an "and" that is written together with it, as in وأحمد."""
    starts = of_language("joins.txt", "starts", _GLUED[word[0]])
    return len(word) > 3 and word not in starts and len(_since_comma(words[:number])) > 1


def _since_comma(words: list[str]) -> list[str]:
    since = next((n for n in range(len(words), 0, -1) if words[n - 1][-1:] in ",،;"), 0)
    return [word for word in words[since:] if word]


def _until_comma(words: list[str]) -> list[str]:
    until = next((n for n, word in enumerate(words, 1) if word[-1:] in ",،;"), len(words))
    return [word for word in words[:until] if word.strip(",،;")]


def _by_spaces(name: str, language: str | None) -> list[str]:
    """Names in a row with nothing but a space between them, as Chinese and Korean print them."""
    if (language == "zh" and _CHINESE.fullmatch(name)) or (language in ("ko", None) and _KOREAN.fullmatch(name)):
        return name.split(" ")
    return [name]


@cache
def _joins(language: str | None) -> frozenset[str]:
    own = of_language("joins.txt", "only", language) | of_language("joins.txt", "join", language)
    cuts = of_language("behind.txt", "cut", language)  # Norwegian "i" opens a town
    return (entries("joins.txt", "join") - cuts) | own
