"""What can be read of JSON that is none: raw line breaks, bad escapes, stray quotes, an end that is missing."""

from __future__ import annotations

import re
from typing import Any, Final

LONGEST: Final = 500_000  # characters looked at
MOST_VALUES: Final = 500
DEEPEST: Final = 60
_SPACE: Final = re.compile(r"(?:\s+|//[^\n\"]*\n|/\*.{0,300}?\*/|<!--|-->|<!\[CDATA\[|\]\]>)+", re.DOTALL)
_OPENS: Final = re.compile(r"[{\[]")
_BARE: Final = re.compile(r"[^\s,:{}\[\]\"]+")
_QUOTE: Final = re.compile(r'\\.|"', re.DOTALL)
_ENDS_KEY: Final = re.compile(r"\s*:")
_ENDS_VALUE: Final = re.compile(
    r"\s*(?:[}\]]\s*(?:[,}\]{;/<]|$)|\"[^\"\n]{1,80}\"\s*:|/[/*]|,\s*(?:\"[^\"\n]{1,80}\"\s*:|[{}\[\]]|/[/*])|$)"
)
_ENDS_ITEM: Final = re.compile(r"\s*(?:,\s*(?:[\"{\[\d-]|true|false|null)|\]|$)")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_WORDS: Final = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}


def read_broken(text: str) -> Any:
    """The value in ``text`` as far as it can be told; several values behind one another make a list, none None."""
    reader = _Reader(text[:LONGEST])
    found: list[Any] = []
    while len(found) < MOST_VALUES and reader.skip_to_value():
        found.append(reader.value(0))
    return found[0] if len(found) == 1 else found or None


class _Reader:
    """Reads on whatever comes. Each step takes at least one character, so the whole takes time linear in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def skip_to_value(self) -> bool:
        """Goes to the next object or list; whether there is one."""
        start = _OPENS.search(self._text, self._at)
        self._at = start.start() if start else len(self._text)
        return start is not None

    def value(self, depth: int, ends: re.Pattern[str] = _ENDS_VALUE) -> Any:
        """The value that begins here."""
        mark = self._next()
        if mark in ("{", "[") and depth < DEEPEST:
            self._at += 1
            return self._object(depth + 1) if mark == "{" else self._list(depth + 1)
        if mark == '"':
            return self._string(ends)
        bare = _BARE.match(self._text, self._at)
        self._at = bare.end() if bare else self._at + 1
        word = bare[0] if bare else ""
        return _WORDS.get(word, _number(word))

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (mark := self._next()) not in ("", "}"):
            if mark in ",]":
                self._at += 1
                continue
            key = self._string(_ENDS_KEY) if mark == '"' else self._bare_key()
            if self._next() == ":":
                self._at += 1
                value = self.value(depth)
                found.setdefault(key, value)
        self._at += 1
        return found

    def _list(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while (mark := self._next()) not in ("", "]"):
            if mark in ",:":
                self._at += 1
            elif mark == "}":  # the list was never closed
                return found
            else:
                found.append(self.value(depth, _ENDS_ITEM))
        self._at += 1
        return found

    def _bare_key(self) -> str:
        bare = _BARE.match(self._text, self._at)
        self._at = bare.end() if bare else self._at + 1
        return bare[0].strip("'") if bare else ""

    def _string(self, ends: re.Pattern[str]) -> str:
        """To the first quotation mark with something behind it that may stand behind a string."""
        start = self._at + 1
        for quote in _QUOTE.finditer(self._text, start):
            if quote[0] == '"' and ends.match(self._text, quote.end()):
                self._at = quote.end()
                return _resolved(self._text[start : quote.start()])
        self._at = len(self._text)
        return _resolved(self._text[start:])

    def _next(self) -> str:
        """The next character that is no white space and no comment; empty at the end."""
        if space := _SPACE.match(self._text, self._at):
            self._at = space.end()
        return self._text[self._at : self._at + 1]


def _number(word: str) -> Any:
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return word.strip("'") or None


def _resolved(text: str) -> str:
    """``text`` with its escapes resolved; a bad one is the character behind its backslash."""
    if "\\" not in text:
        return " ".join(text.split()) if "\n" in text else text
    return _ESCAPE.sub(_character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
