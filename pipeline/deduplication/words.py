"""The words of a text, as they are compared: without case, width or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import xxhash

# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. Each character is a word.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NUMBER: Final = r"\d+(?:[.,:/]\d+)*"  # 1,234.5 and 7:30 are one word
_KATAKANA: Final = "\u30a1-\u30fa\u30fc"
_IN_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")
_SPACED_WORDS: Final = re.compile(rf"{_NUMBER}|[^\W\d_]+")
_UNSPACED_WORDS: Final = re.compile(rf"{_NUMBER}|[{_KATAKANA}]{{2,}}|[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+")
_LONGEST_WORD: Final = 64

NAME: Final = 1
NUMBER: Final = 2


def compatible(text: str) -> str:
    """``text`` in Unicode's compatibility form (NFKC): one spelling for each character."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_unspaced(text: str) -> bool:
    """Whether ``text`` sets no spaces between words, as Japanese or Thai (one character in five is enough)."""
    return not text.isascii() and len(_IN_UNSPACED.findall(text)) * 5 >= len(text)


def words(text: str, unspaced: bool) -> list[str]:
    """The words of ``text``, case kept; in an unspaced script its characters, but numbers and katakana names whole."""
    return (_UNSPACED_WORDS if unspaced else _SPACED_WORDS).findall(text)


@lru_cache(maxsize=1 << 17)
def word_hash(word: str) -> int:
    """64 bits of ``word`` without case; the lowest two say whether it is an anchor, and which: NAME or NUMBER.

    A capitalised word counts as a name, and so does a run of katakana: cheap, and the same in every copy.
    """
    first = word[0]
    anchor = NUMBER if first.isdigit() else NAME if first.isupper() or (len(word) > 1 and first in _KATAKANA_SET) else 0
    return xxhash.xxh3_64_intdigest(word[:_LONGEST_WORD].casefold().encode("utf-8", "surrogatepass")) & ~3 | anchor


_KATAKANA_SET: Final = frozenset(map(chr, range(0x30A1, 0x30FD)))
