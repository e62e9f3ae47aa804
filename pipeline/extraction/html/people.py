"""Who wrote the article, as the markup tells: structured data first, then elements and lines named for the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html import json_ld
from copydesk.pipeline.extraction.html.markup import Element, Markup
from copydesk.pipeline.extraction.html.witnesses import fold
from copydesk.pipeline.extraction.names.byline_words import is_no_name, lead_of, with_commas, without_lead

MAX_AUTHORS: Final = 30
MAX_BYLINE: Final = 300  # characters; what is longer is a biography
ABOVE_BODY: Final = 30  # blocks
METAS: Final = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author",
    "byl", "authors", "cxenseparse:author", "cxenseparse:recs:author", "dc.creator", "dcterms.creator",
    "dc.contributor", "citation_author", "content:author", "article:author:name", "twitter:data1",
    "shareaholic:article_author_name", "creator",
)  # fmt: skip
_AUTHOR: Final = re.compile("author|byline|by-line|creator|writer|reporter|autor|journalist")
_ELSEWHERE: Final = re.compile(
    "credit|copyright|comment|related|teaser|recirc|card-|-card|sidebar|popular|footer|bio|social|avatar|image|photo|caption|follow|share|twitter"
    "|description|role|title|email|job|position|location|date|time|latest|more-"
)
_LINES: Final = ("p", "div", "span", "section", "header", "address", "footer")
_NOT_BYLINE: Final = re.compile("comment|related|teaser|recirc|footer|caption")
_SPLIT: Final = re.compile(r"\s*[,;|/、&＆・•]\s*|\s{2,}|\n")
_PARENTHESES: Final = re.compile(r"\s*[(（\[][^()（）\[\]]{0,80}[)）\]]")
_TAIL: Final = re.compile(r"\s+(?:in|aus|à|im|at|für|for|of|from)\s+\S.*$|\s[-–—|]\s.*$|:.*$|,.*$")
_PARTICLES: Final = ("von ", "van ", "de ", "di ", "da ", "du ", "al-", "el-", "ten ", "zu ")
_LETTER: Final = re.compile(r"[^\W\d_]")


def authors(markup: Markup, nodes: list[json_ld.Node], body: tuple[int, int] | None) -> tuple[str, ...]:
    """Names of people, in page order and without job titles; the site's own name only where nothing else is given."""
    sites = _site_names(markup, nodes)
    fallback: tuple[str, ...] = ()
    structured = (_in_json_ld(nodes), _in_metas(markup))
    for source in (*structured, _in_marks(markup, body), _in_lines(markup, body)):
        found = (name for text in source for name in split_names(text, lower=source in structured))
        names = tuple(dict.fromkeys(found))[:MAX_AUTHORS]
        people = tuple(name for name in names if fold(name) not in sites)
        if people:
            return people
        fallback = fallback or names
    return fallback


def credited(nodes: list[json_ld.Node]) -> tuple[str, ...]:
    """Organisations that structured data names as the article's source, an agency for instance."""
    found = []
    for article in json_ld.articles(nodes)[:3]:
        keys = ("sourceOrganization", "provider", "copyrightHolder", "author", "publisher")
        for value in (article.get(key) for key in keys):
            for item in (value if isinstance(value, list) else [value])[:MAX_AUTHORS]:
                name = json_ld.text(item)
                if name and (not isinstance(item, dict) or "person" not in json_ld.types(item)):
                    found.append(clean_text(name[:200]))
    return tuple(dict.fromkeys(found))


def bylines(markup: Markup, body: tuple[int, int] | None) -> tuple[str, ...]:
    """The lines round the body that name its authors, as printed."""
    lines = [clean_text(text) for text in _in_lines(markup, body)]
    return tuple(dict.fromkeys(line for line in lines if line))[:5]


def split_names(text: str, lower: bool = False) -> Iterator[str]:
    """The names in "By A, B and C"; nothing that is no name. ``lower`` lets initials and agencies such as dpa pass."""
    text = _PARENTHESES.sub("", clean_text(text[:1_000]))
    text = without_lead(text).strip(" :,.-–|")
    for piece in _SPLIT.split(with_commas(text))[:MAX_AUTHORS]:
        name = _TAIL.sub("", without_lead(piece)).strip(" .:-–—|*\"'")
        if _is_name(name, lower):
            yield name


def _is_name(name: str, lower: bool) -> bool:
    if not 2 <= len(name) <= 60 or name.count(" ") > 5 or any(map(str.isdigit, name)):
        return False
    if is_no_name(name):
        return False
    return bool(_LETTER.match(name)) and (lower or not name[0].islower() or name.startswith(_PARTICLES))


def _in_json_ld(nodes: list[json_ld.Node]) -> Iterator[str]:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for article in json_ld.articles(nodes)[:3]:
        found = list(_names_of(article.get("author") or article.get("creator"), by_id))
        if found:
            yield from found
            return


def _names_of(value: Any, by_id: dict[str, json_ld.Node]) -> Iterator[str]:
    flat = [i for item in (value if isinstance(value, list) else [value])[:MAX_AUTHORS] for i in _listed(item)]
    for item in flat[:MAX_AUTHORS]:
        if isinstance(item, dict):
            node = by_id.get(str(item.get("@id")), item) if "name" not in item else item
            named = node.get("name") or " ".join(str(node[key]) for key in ("givenName", "familyName") if node.get(key))
            yield from (text for text in (named if isinstance(named, list) else [named]) if isinstance(text, str))
        elif isinstance(item, str) and "://" not in item:
            yield item


def _listed(item: Any) -> list[Any]:
    return item if isinstance(item, list) else [item]


def _in_metas(markup: Markup) -> Iterator[str]:
    for wanted in METAS:
        found = [content for name, content in markup.metas if name == wanted and "://" not in content]
        if any(True for text in found for _ in split_names(text)):
            yield from found
            return


def _in_marks(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    first, last = body or (0, len(markup.blocks))
    for mark in markup.marks:
        named = _AUTHOR.search(mark.words)
        if named and not _ELSEWHERE.search(mark.words) and mark.text and len(mark.text) <= 100:
            around = markup.ancestors(mark.element)[:3]
            near = first - ABOVE_BODY <= mark.block <= first + 3 or last <= mark.block <= last + 3
            if near and not any(_is_caption(e) for e in around):
                yield mark.text


def _in_lines(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    """Short blocks in something called author or byline, or that begin with a word such as "By"."""
    first, last = body or (0, -1)
    above = range(max(0, first - ABOVE_BODY), min(first + 3, len(markup.blocks)))
    below = range(last + 1, min(last + 5, len(markup.blocks)))
    for i in (*above, *below) if body else ():
        block = markup.blocks[i]
        near = markup.ancestors(block.element)[:2]
        if len(block.text) > MAX_BYLINE or any(_is_caption(e) for e in near):
            continue
        named = any(_AUTHOR.search(e.words) and not _ELSEWHERE.search(e.words) for e in near)
        if named or (len(block.text) <= 80 and block.tag in _LINES and lead_of(block.text)):
            yield block.text


def _is_caption(element: Element) -> bool:
    return element.tag in ("figure", "figcaption") or bool(_NOT_BYLINE.search(element.words))


def _site_names(markup: Markup, nodes: list[json_ld.Node]) -> set[str]:
    address = next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url") or ""
    host = address.partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    names = [markup.meta("og:site_name"), markup.meta("application-name"), host, host.rpartition(".")[0]]
    for node in nodes:
        names.append(json_ld.text(node.get("publisher")))
        if json_ld.types(node) & {"organization", "newsmediaorganization", "website"}:
            names.append(json_ld.text(node.get("name")))
    return {fold(name) for name in names if name} - {""}
