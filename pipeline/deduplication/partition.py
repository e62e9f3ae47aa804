"""Which shard, and so which partition, a language belongs to; one that is split has those after it too (``route``)."""

from __future__ import annotations

from typing import Final

import xxhash

# By volume of news online; a hash would put two of them in one partition sooner or later.
BIG_LANGUAGES: Final = ("en", "es", "zh", "ru", "de", "fr", "ja", "pt", "ar", "it", "tr", "ko", "id", "pl", "nl", "hi")


def shard_of(language: str, partitions: int) -> int:
    """The partition, 0 to ``partitions`` - 1, of articles in ``language`` (ISO 639-1, any case, region ignored).

    Copies never cross a language, so nothing is lost by looking for them in one partition only. The big languages
    take partitions in turn; the others are spread by a hash that is the same on every machine.

    Raises:
        ValueError: ``partitions`` is less than 1.
    """
    if partitions < 1:
        raise ValueError(f"partitions is {partitions}, it must be at least 1")
    code = _code(language)
    if code in BIG_LANGUAGES:
        return BIG_LANGUAGES.index(code) % partitions
    return xxhash.xxh32_intdigest(code.encode("utf-8", "surrogatepass")) % partitions


def same_language(one: str, other: str) -> bool:
    """Whether articles in the two languages are looked for among each other."""
    return _code(one) == _code(other)


def _code(language: str) -> str:
    return language.casefold().partition("-")[0]
