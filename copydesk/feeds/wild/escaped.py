"""Text of feeds that was escaped once, twice or not at all, and the names that they carry in many forms."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any, Final

_ENTITY: Final = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|i|mark|p|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*\b[^<>]*|!--.*?--)>", re.DOTALL)
_ESCAPED_MARKUP: Final = re.compile(r"&(?:lt|#60|#x3c);/?[a-z][a-z0-9]*\b", re.IGNORECASE)
_MAILBOX: Final = re.compile(r"^\s*\S+@\S+\s*\(([^()]+)\)\s*$|^\s*\"?([^\"<>]+?)\"?\s*<\s*\S+@\S+\s*>\s*$")
_NO_NAME: Final = re.compile(r"^\S+@\S+$|^(?:https?:)?//|^(?:mailto|acct|urn):", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[;|、；]\s*|\s+[&+]\s+|\s+([^\W\d_]{1,4})\s+")
_AND: Final = frozenset(
    "and y e ed et und og och en ja i a și si ve dan và at na és и і й та και".split()  # noqa: SIM905
)
"""What joins two names in a feed: only the light install is there when it is read, not the tables of extraction."""
_LETTER: Final = re.compile(r"[^\W\d_]")


def plain(text: Any) -> str | None:
    """A title or a name without markup and entities, however often it was escaped."""
    if not isinstance(text, str):
        return None
    for _ in range(3):
        bare = _TAG.sub("", text)
        text = html.unescape(bare) if _ENTITY.search(bare) else bare
        if not (_ENTITY.search(text) or _TAG.search(text)):
            break
    return " ".join(text.split()) or None


def markup(content: str, *, is_plain: bool = False) -> str:
    """The HTML of an entry: unescaped where it was escaped twice, in paragraphs where it is plain text."""
    if not is_plain:
        for _ in range(2):
            if not _ESCAPED_MARKUP.search(content) or _MARKUP.search(content):
                break
            content = html.unescape(content)
        if _MARKUP.search(content):
            return content
        content = html.unescape(content)
    paragraphs = re.split(r"\n\s*\n", content) if "\n\n" in content.replace("\r", "") else content.splitlines()
    return "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs if part.strip())


def names(people: Any) -> list[str]:
    """The names in whatever a feed gives for authors: strings, objects, lists of both, mail addresses with names."""
    found = [name for told in _told(people) for name in _split(plain(told) or "")]
    return list(dict.fromkeys(found))


def _told(people: Any) -> Iterable[str]:
    if isinstance(people, str):
        yield people
    elif isinstance(people, dict):
        yield from _told(people.get("name") or people.get("title") or people.get("displayName"))
    elif isinstance(people, list | tuple):
        for person in people:
            yield from _told(person)


def _split(text: str) -> Iterable[str]:
    mailbox = _MAILBOX.match(text)
    text = (mailbox[1] or mailbox[2]) if mailbox else text
    parts, at = [], 0
    for cut in _BETWEEN.finditer(text):
        if cut[1] is None or cut[1].casefold() in _AND:
            parts.append(text[at : cut.start()])
            at = cut.end()
    parts.append(text[at:])
    for part in parts:
        few = part.split(",")
        # "Lind, Ivo" is one name, "Ivo Lind, Ada Quill" are two
        several = len(few) > 1 and all(len(name.split()) > 1 for name in few if name.strip())
        for name in few if several else [part]:
            bare = name.strip(" ,;.|\t")
            if bare and _LETTER.search(bare) and not _NO_NAME.match(bare):
                yield bare
