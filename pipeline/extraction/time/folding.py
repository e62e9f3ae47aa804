"""Digits, marks and letters of every script made one, so that a table needs each name once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_UNSEEN: Final = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_LETTERS: Final = str.maketrans("أإآٱىیيکةہۀھıʼ’‘", "اااايييكههههi'''", "ًٌٍَُِّْـٰٔ")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


class _Plain(dict[int, int | str | None]):
    """What each character becomes, found out when it is first met: its decimal digit, or itself."""

    def __missing__(self, code: int) -> int | str | None:
        digit = unicodedata.decimal(chr(code), None)
        self[code] = found = code if digit is None else str(digit)
        return found


_PLAIN: Final = _Plain({**_UNSEEN, **dict.fromkeys(map(ord, "−﹣－"), "-"), ord("٫"): ".", ord("٬"): ","})


def folded(text: str) -> str:
    """``text`` with the digits of every script as 0 to 9, wide forms and unusual spaces plain, and no unseen marks."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_PLAIN)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What a name is looked up by: no case, accents or dots, and one letter for those that Arabic scripts vary."""
    key = name.casefold().replace(".", "")
    if key.isascii():
        return key.strip("'")
    key = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded(key))).translate(_LETTERS)
    return unicodedata.normalize("NFC", key).strip("'")
