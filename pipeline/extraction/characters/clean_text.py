"""Text as a reader sees it: composed (NFC), without control, bidi and zero-width characters.

Reference:
    Unicode Standard Annex 15 (normalization, stream-safe text) and 9 (bidirectional controls).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1 controls that are no white space
    "\u00ad"  # soft hyphen: a hint where a line may break
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width, invisible operators, annotation
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates and noncharacters: not text, and not UTF-8
    "\U000e0000-\U000e007f]"  # tag characters: invisible ASCII
)
# Joiners shape letters in Arabic and Indic scripts and glue emoji; between other letters they only hide.
_IDLE_JOINER: Final = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0fff\u1000-\u109f\ufb50-\ufeff])[\u200c\u200d](?![\u2190-\U0010ffff])"
)
_MARK: Final = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_MARK_RUN: Final = re.compile(f"({_MARK}{_MARK}{{7}}){_MARK}+")  # a first mark of its own is found several times faster


def clean_text(text: str) -> str:
    """``text`` in NFC on one line: white space folded to single spaces, hidden characters gone, ends stripped."""
    if text.isascii() and text.isprintable():  # most text; the rules below would change nothing but spacing
        return " ".join(text.split())
    if text.isprintable():  # then it holds neither hidden characters nor other spaces than " "
        return " ".join(unicodedata.normalize("NFC", _without_mark_runs(text)).split())
    return fold_space(strip_hidden(text))


def fold_space(text: str) -> str:
    """``text`` with every run of white space one space, ends stripped."""
    return " ".join(text.replace("\u180e", " ").split())  # Mongolian vowel separator: a space in older Unicode


def is_clean(text: str) -> bool:
    """Whether ``clean_text`` certainly changes nothing in ``text`` but its white space."""
    if not _is_printable(text):
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and _MARK_RUN.search(text) is None)


def strip_hidden(text: str) -> str:
    """``text`` in NFC without hidden characters; white space stays as it is."""
    text = _HIDDEN.sub("", text)
    if text.isascii():
        return text
    text = _IDLE_JOINER.sub("", text)
    return unicodedata.normalize("NFC", _without_mark_runs(text))


def count_hidden(text: str) -> int:
    """How many characters ``strip_hidden`` takes out of ``text`` as hidden."""
    if _is_printable(text):
        return 0
    return len(_HIDDEN.findall(text)) + len(_IDLE_JOINER.findall(text))


def _without_mark_runs(text: str) -> str:
    """``text`` with 8 marks on a letter: more than any language writes; longer runs make normalization quadratic."""
    return _MARK_RUN.sub(r"\1", text) if _MARK_RUN.search(text) else text


def _is_printable(text: str) -> bool:
    """Whether ``text`` holds nothing but what shows, spaces and line breaks: told faster than what is hidden in it."""
    return text.replace("\n", "").replace("\r", "").isprintable()
