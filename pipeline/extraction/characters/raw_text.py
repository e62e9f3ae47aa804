"""A raw page as text, whatever charset it came in."""

from __future__ import annotations

import re
from typing import Final

from copydesk.pipeline.extraction.characters import charset
from copydesk.pipeline.extraction.errors import EmptyPage, NotAnArticle, PageTooLarge
from copydesk.schemas import RawArticle
from copydesk.schemas.topics import MAX_PAGE_BYTES

LOOKED_AT: Final = 4_000  # characters
CONTROLS: Final = 80  # of those, 2 %: a picture, an archive, a PDF
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def text_of(raw: RawArticle) -> str:
    """The page, decoded.

    Raises:
        EmptyPage, NotAnArticle, PageTooLarge: there is nothing in it, it is no text, or too much of it.
    """
    page = raw.page
    size = len(page)
    if isinstance(page, str) and size * 4 > MAX_PAGE_BYTES:  # four bytes is the most that a character takes
        size = len(page.encode("utf-8", "surrogatepass"))
    if size > MAX_PAGE_BYTES:
        raise PageTooLarge(f"page is {size:,} bytes, limit is {MAX_PAGE_BYTES:,} ({raw.url})")
    text = page if isinstance(page, str) else charset.decode(page, raw.charset, raw.headers)
    if not text.strip("\0 \t\r\n") or text.isspace():
        raise EmptyPage(f"page is empty ({raw.url})")
    if len(_CONTROL.findall(text, 0, LOOKED_AT)) > CONTROLS:
        raise NotAnArticle("binary", f"page is data, not text ({raw.url})")
    return text
