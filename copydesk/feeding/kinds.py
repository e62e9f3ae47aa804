"""What kind of file it is, by what is in it: names lie."""

from __future__ import annotations

import codecs
import lzma
import zlib
from pathlib import Path
from typing import Final, Literal

import orjson

from copydesk.feeds import json_feed
from copydesk.feeds.wild.packed import opened

Kind = Literal["lines", "json", "xml", "html", "text", "warc"]

LOOKED_AT: Final = 65_536  # bytes
ENCODED: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FEEDS: Final = (b"<rss", b"<feed", b"<rdf:rdf", b"<newsitem", b"<newsmessage", b"<channel")


def encoding_of(head: bytes) -> str | None:
    """The encoding that the mark at the start of a file tells, if that is not UTF-8."""
    return next((name for mark, name in ENCODED if head.startswith(mark)), None)


def kind_of(path: Path, usual: Kind) -> Kind:
    """What is in ``path``; ``usual`` is what its name promises, for what does not give itself away.

    Raises:
        OSError: it cannot be read.
    """
    try:
        with opened(path, "rb") as file:
            head = file.read(LOOKED_AT)
    except (EOFError, zlib.error, lzma.LZMAError):
        return usual  # cut or damaged: whoever reads it says where
    if head.startswith(b"WARC/"):
        return "warc"
    encoding = encoding_of(head)
    if encoding:
        head = head.decode(encoding, "ignore").encode("utf-8", "ignore")
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins[:1] == b"<":
        return _markup(begins, usual)
    if begins[:1] == b"[" and usual != "text":
        return "json" if usual != "lines" or not _is_row(begins.split(b"\n", 1)[0]) else usual
    if begins[:1] == b"{":
        return _objects(begins, usual)
    return usual


def _markup(begins: bytes, usual: Kind) -> Kind:
    low = begins[:4_096].lower()
    at = [found for name in FEEDS if (found := low.find(name)) >= 0]
    pages = [found for name in (b"<html", b"<!doctype html", b"<body") if (found := low.find(name)) >= 0]
    if at and (not pages or min(at) < min(pages)):
        return "xml"
    return "html" if pages or usual == "text" else usual


def _objects(begins: bytes, usual: Kind) -> Kind:
    """Lines of objects, or one object over several lines; a feed is one object on whatever lines."""
    first, _, rest = begins.partition(b"\n")
    if b"jsonfeed.org/version/" in begins[:4_096]:
        try:
            return "json" if json_feed.is_feed(orjson.loads(first)) else "lines"
        except orjson.JSONDecodeError:
            return "json"
    if _is_row(first):
        return "lines" if rest.strip() or usual != "json" else "json"
    several = rest.lstrip()[:1] == b'"' and (first.strip() == b"{" or not first.rstrip().endswith(b"}"))
    return "json" if several else usual


def _is_row(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
