"""Bytes of a page to text: the charset declared, sniffed or, where both fail, mixed.

Reference:
    https://encoding.spec.whatwg.org/ (labels), https://html.spec.whatwg.org/#determining-the-character-encoding
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Final

import ftfy
import turbohtml.detect

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET: Final = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_META_WINDOW: Final = 4096  # bytes in which a declaration is looked for; browsers read 1024, late ones are common
_MOJIBAKE: Final = re.compile(
    "[ÂÃâð\u0102\u0413\u0432][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2010-\u203a\u20ac\u2122]"
)


def decode(page: bytes, charset: str | None = None, headers: Mapping[str, str] | None = None) -> str:
    """The text of ``page``; never raises, undecodable bytes become U+FFFD.

    A byte-order mark wins, then valid UTF-8 whatever was declared, then the first declared charset that decodes
    without error (``charset``, the Content-Type header, the page's own), then UTF-8 with stray windows-1252 bytes,
    then what the bytes look like.
    """
    for mark, name in _BOMS:
        if page.startswith(mark):
            return page[len(mark) :].decode(name, "replace")
    escaped = b"\x1b$" in page  # ISO-2022-JP is valid ASCII, so UTF-8 says nothing of it
    if not escaped and (text := _strictly(page, "utf-8")) is not None:
        return text
    for label in _declared(page, charset, headers or {}):
        if (text := _strictly(page, label)) is not None:
            return text
    return _mostly_utf8(page) or _sniffed(page)


def repair_mojibake(text: str) -> str:
    """``text`` with UTF-8 that was once read as another charset put right, where that is certain (ftfy's test)."""
    return text if text.isascii() or not _MOJIBAKE.search(text) else ftfy.fix_encoding(text)


def _declared(page: bytes, charset: str | None, headers: Mapping[str, str]) -> list[str]:
    sources = [(charset or "").encode(errors="ignore").join((b"charset=", b""))]
    sources += [value.encode(errors="ignore") for name, value in headers.items() if name.lower() == "content-type"]
    labels = [match[1] for source in sources if (match := _CHARSET.search(source[:500]))]
    labels += [match[1] for match in _CHARSET.finditer(page[:_META_WINDOW])]
    return [label.decode("ascii", "ignore") for label in labels[:8]]


def _strictly(page: bytes, label: str) -> str | None:
    codec = _CODECS.get(label.lower(), label)
    try:
        text = page.decode(codec)
    except (LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


# Labels under which the web sends more than the name promises (WHATWG encoding standard, section 4.2).
_CODECS: Final = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "utf-7": "cp1252",
    "utf-16": "utf-8",
}


def _mostly_utf8(page: bytes) -> str | None:
    text = page.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    beyond = len(text) - strays - sum(map(text.count, "\t\n\r")) if strays else 0
    multibyte = len(page) - len(text)
    if not multibyte or strays * 4 > multibyte or strays * 50 > beyond:
        return None
    return _STRAY.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace"), text)


_STRAY: Final = re.compile("[\udc80-\udcff]")


def _sniffed(page: bytes) -> str:
    name = turbohtml.detect.detect(page).encoding or "cp1252"
    try:
        return page.decode(name, "replace")
    except LookupError:
        return page.decode("cp1252", "replace")
