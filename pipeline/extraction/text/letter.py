"""Mail handed in as the text of a page: its headers, what it quotes, what newsletters print round their text.

Reference:
    RFC 5322 (headers), RFC 2045 (quoted-printable), RFC 2047 (headers beyond ASCII), RFC 3676 (quotes)
"""

from __future__ import annotations

import quopri
import re
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.text.lines import Line
from copydesk.schemas import Removed

ABOVE: Final = 3  # lines above the headers: a note that it was forwarded
LOOKED_AT: Final = 4_000  # characters in which headers stand
_HEADER: Final = re.compile(r"[*>\s]{0,4}([^\W\d_][\w .-]{0,28}?)\*{0,2}\s?[:：]\*{0,2}\s?(.*)")
_REPLY: Final = re.compile(
    r"^(?:\s*(?:re|fw|fwd|aw|wg|tr|rv|sv|vs|vl|odp|ynt|回复|转发|答复|返信|転送)\s*[:：]|\s*\[[^\[\]]{1,40}\])\s*", re.I
)
_SOFT: Final = re.compile(r"=\r?\n")
_CODED: Final = re.compile(r"(?:=[0-9A-F]{2})+")
_WROTE: Final = re.compile(
    r".{5,120}(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|написал|写道)\s?[:：]"
)
_DATES: Final = frozenset({"date", "sent", "datum", "fecha", "data", "дата", "日期", "日付", "날짜", "dato", "tarih"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its subject without "Re:", its date as printed, its text's lines, and what was cut."""

    subject: str
    date: str | None
    lines: list[Line]
    removed: tuple[Removed, ...]


def is_coded(text: str) -> bool:
    """Whether ``text`` is in quoted-printable."""
    return len(_SOFT.findall(text)) >= 3 and len(_CODED.findall(text)) >= 1


def open_letter(lines: list[Line]) -> Letter | None:
    """The mail that ``lines`` are; None when they do not begin with a mail's headers."""
    told: dict[str, str] = {}
    first = last = -1
    for number, line in enumerate(lines[: ABOVE + 40]):
        header = _HEADER.fullmatch(line.text[:1_000])
        name = header[1].casefold().strip() if header else ""
        if header and name in _words("subject") | _words("header"):
            told.setdefault("subject" if name in _words("subject") else name, header[2].strip())
            first, last = (number if first < 0 else first), number
        elif first < 0 and number >= ABOVE:
            return None
        elif first >= 0 and not _goes_on(lines, number):
            break
    if not told.get("subject") or len(told) < 2:
        return None
    date = next((value for name, value in told.items() if name in _DATES), None)
    kept, cut = _text(lines[last + 1 :])
    removed = [Removed(kind="mail header", text="\n".join(line.text for line in lines[: last + 1])), *cut]
    return Letter(_subject(told["subject"]), date, kept, tuple(removed))


def _goes_on(lines: list[Line], number: int) -> bool:
    """Whether a line without a header's name carries on the header above it."""
    return number + 1 < len(lines) and bool(_HEADER.match(lines[number + 1].text)) and "@" in lines[number].text


def _subject(value: str) -> str:
    with suppress(HeaderParseError, LookupError, UnicodeError):  # then it stays as it is printed
        value = str(make_header(decode_header(value)))
    value = clean_text(value)
    while (begins := _REPLY.match(value)) and len(value) > begins.end():
        value = value[begins.end() :]
    return value


def _text(lines: list[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines that are the mail's own text, and the rest; a mail that is all quoted is read without its marks."""
    quoted = [line.text.startswith(">") for line in lines]
    if sum(quoted) * 2 > len(lines):
        lines = [Line(bare, line.start, line.end) for line in lines if (bare := line.text.lstrip("> "))]
        quoted = [False] * len(lines)
    kept, cut = [], []
    for line, is_quoted in zip(lines, quoted, strict=True):
        if is_quoted or _WROTE.fullmatch(line.text):
            cut.append(Removed(kind="quoted mail", text=line.text))
        elif _is_footer(line.text):
            cut.append(Removed(kind="mail footer", text=line.text))
        else:
            kept.append(line)
    return kept, cut


def _is_footer(text: str) -> bool:
    return text.casefold().lstrip("[(*-–|> ").startswith(_footers())


def decoded(text: str) -> str:
    """``text`` out of quoted-printable."""
    return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")


@cache
def _words(wanted: str) -> frozenset[str]:
    split = (line.split("\t") for line in data_lines(__file__, "letter_words.txt"))
    return frozenset(word for kind, words in split if kind == wanted for word in words.split(", "))


@cache
def _footers() -> tuple[str, ...]:
    return tuple(sorted(_words("footer")))
