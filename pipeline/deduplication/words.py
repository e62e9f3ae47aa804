"""The words of a text, as they are compared: without case, width or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import xxhash

# Scripts written without spaces: each character is a word. Thai, Lao, Burmese, Khmer, kana, Han.
UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KATAKANA_NAME: Final = re.compile("[\u30a1-\u30fa\u30fc]{2,}")
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_SPACED_WORDS: Final = re.compile(r"\w+")
_MIXED_WORDS: Final = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def compatible(text: str) -> str:
    """``text`` in Unicode's compatibility form (NFKC): one spelling for each character."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_unspaced(text: str) -> bool:
    """Whether ``text`` is in a script that sets no spaces between words (one character in five is enough)."""
    return not text.isascii() and len(_UNSPACED.findall(text)) * 5 >= len(text)


def words(text: str, unspaced: bool) -> list[str]:
    """The words of ``text``, case kept; in an unspaced script its characters."""
    return (_MIXED_WORDS if unspaced else _SPACED_WORDS).findall(text)


@lru_cache(maxsize=1 << 17)
def word_hash(word: str) -> int:
    """64 bits of ``word`` without case; the lowest bit says that it is an anchor: a number or capitalised."""
    hashed = xxhash.xxh3_64_intdigest(word.casefold().encode("utf-8", "surrogatepass"))
    return hashed & ~1 | (word[0].isupper() or word[0].isnumeric())
