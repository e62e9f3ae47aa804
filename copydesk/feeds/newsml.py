"""NewsML-G2, the agencies' own: each news item with its HTML or plain text as a row.

Entities are not resolved, and nothing is loaded that the file names.

Reference:
    https://iptc.org/std/NewsML-G2/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from copydesk.extra import needs
from copydesk.feeds.json_feed import page
from copydesk.feeds.printed import given, printed, zoned
from copydesk.feeds.row import Row
from copydesk.feeds.wild.packed import opened
from copydesk.schemas import Problem

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def rows(path: Path) -> Iterator[Row]:
    """The news items of a NewsML-G2 document, alone or in a newsMessage.

    Raises:
        MissingExtra: lxml is not installed.
        OSError: the file cannot be read, or is no XML.
    """
    etree = needs("lxml.etree")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with opened(path, "rb") as file:
            tree = etree.parse(file, parser)
    except etree.XMLSyntaxError as error:
        raise OSError(f"{path}: {error}") from None
    for number, item in enumerate(tree.iter(f"{NAR}newsItem"), 1):
        where = f"{path}:item {number}"
        markup, text = _content(item, etree)
        if not (markup or text):
            yield Row(
                where, refused=Problem("$.contentSet", "text in inlineXML or inlineData", "none"), format="newsml"
            )
            continue
        yield Row(where, page=_loose(item, markup, text), format="newsml")


def _loose(item: Any, markup: str | None, text: str | None) -> dict[str, Any]:
    title, by = _text(item, "contentMeta", "headline"), _text(item, "contentMeta", "by")
    language = item.find(f"{NAR}contentMeta/{NAR}language")
    return given(
        id=item.get("guid"),
        html=page(title, markup) if markup else None,
        text=None if markup else printed(title, [by], None, text),
        fetched_at=_text(item, "itemMeta", "versionCreated"),
        source=given(name=_text(item, "itemMeta", "provider", "name")),
        hints=given(
            title=title,
            authors=[by] if by else [],
            published_at=zoned(_text(item, "contentMeta", "contentCreated") or _text(item, "itemMeta", "firstCreated")),
            language=None if language is None else language.get("tag"),
        ),
        crawler="newsml",
    )


def _text(item: Any, *path: str) -> str | None:
    found = item.findtext("/".join(NAR + step for step in path))
    return found.strip() or None if found else None


def _content(item: Any, etree: Any) -> tuple[str | None, str | None]:
    body = item.find(f"{NAR}contentSet/{NAR}inlineXML//{XHTML}body")
    if body is not None:
        return "".join(etree.tostring(part, encoding="unicode") for part in body), None
    for body in item.iterfind(f"{NAR}contentSet/{NAR}inlineXML//{{*}}body.content"):  # NITF, older than XHTML
        paragraphs = ("".join(part.itertext()).strip() for part in body.iter("{*}p"))
        return None, "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    data = item.findtext(f"{NAR}contentSet/{NAR}inlineData")
    return None, data.strip() if data else None
