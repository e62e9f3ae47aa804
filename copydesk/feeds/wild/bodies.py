"""Bodies of responses, told by their bytes: what headers say of them is often not so."""

from __future__ import annotations

import re
import zlib

from copydesk.schemas.topics import MAX_PAGE_BYTES

CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,99}\r\n")
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!--.{0,2000}?-->\s{0,99}|<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype\s+html|html|head|body)",
    re.I | re.S,
)
MOST_LAYERS = 3  # of compression, one over another


def is_page(body: bytes) -> bool:
    """Whether the bytes begin as an HTML page does."""
    return PAGE.match(body) is not None


def joined(body: bytes) -> bytes:
    """A body without the marks between its chunks, as far as it goes; what is not in chunks as it is.

    fastwarc does this too, and gives up the file when a crawler has joined the chunks and left the header.
    """
    parts, at = [], 0
    while mark := CHUNK.match(body, at):
        length = int(mark[1], 16)
        parts.append(body[mark.end() : mark.end() + length])
        at = mark.end() + length + 2
    return b"".join(parts) if parts else body


def decoded(body: bytes, told: str) -> bytes | None:
    """A body without its compression, up to a byte more than a page may have; None when it cannot be unpacked.

    The bytes count, not what the header says: crawlers unpack a body and leave the header, or the other way round.
    """
    for _ in range(MOST_LAYERS):
        if not (body.startswith(b"\x1f\x8b") or (body[:1] == b"\x78" and "deflate" in told)):
            break
        try:
            body = zlib.decompressobj(wbits=47).decompress(body, MAX_PAGE_BYTES + 1)
        except zlib.error:
            break
    if "deflate" in told and b"<" not in body[:4_096]:
        body = _inflated(body)
    packed = {"br", "zstd", "compress", "x-compress"} & {part.strip() for part in told.split(",")}
    return None if packed and not _is_text(body) else body


def _inflated(body: bytes) -> bytes:
    """A body in deflate without zlib's header, as some servers send it; what is none as it is."""
    try:
        return zlib.decompressobj(wbits=-15).decompress(body, MAX_PAGE_BYTES + 1)
    except zlib.error:
        return body


def _is_text(body: bytes) -> bool:
    """Whether the body is no packed data: few control characters, markup or words in it."""
    head = body[:2_000]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 < len(head) and b"\x00" not in head
