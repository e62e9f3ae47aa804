"""Who wrote the article, as the markup tells: structured data first, then elements and lines named for the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html.bylines import ABOVE_BODY, bylines, is_caption, is_of_author, language_of
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.witnesses import fold
from copydesk.pipeline.extraction.names.byline import Source, authors_in, is_agency, is_organisation, is_outlet
from copydesk.pipeline.given_names import given_names

Ranked = tuple[int, tuple[str, ...]]

MAX_AUTHORS: Final = 30
MAX_DEPTH: Final = 5  # of lists in lists of authors
INITIALS: Final = 4
METAS: Final = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author",
    "byl", "authors", "cxenseparse:author", "cxenseparse:recs:author", "dc.creator", "dcterms.creator",
    "dc.contributor", "citation_author", "content:author", "article:author:name", "twitter:data1",
    "shareaholic:article_author_name", "creator",
)  # fmt: skip
_ADDRESS: Final = re.compile(r"\S+://|www\.|\S+\.(?:com|org|net)/")


def authors(markup: Markup, nodes: list[json_ld.Node], body: tuple[int, int] | None) -> tuple[str, ...]:
    """Names of people, in page order; names of the site or an agency only where nobody else is named."""
    language = language_of(markup)
    outlets = frozenset(_site_names(markup, nodes))
    best: Ranked = (_NOBODY, ())
    sources: tuple[tuple[Source, Iterator[str]], ...] = (
        ("declared", _in_json_ld(nodes)),
        ("declared", _in_metas(markup, language)),
        ("marked", _in_marks(markup, body)),
        ("printed", _in_print(markup, body)),
    )
    for source, texts in sources:
        found = dict.fromkeys(name for text in texts for name in authors_in(text, language, source, outlets))
        best = _better(best, tuple(found)[:MAX_AUTHORS], language, outlets)
        if best[0] == _PERSON:
            break
    return tuple(name for name in best[1] if not is_agency(name) or _signs_as_author(name, language))


_NOBODY, _ORGANISATION, _HANDLE, _WORD, _PERSON = range(-1, 4)


def _better(best: Ranked, found: tuple[str, ...], language: str | None, outlets: frozenset[str]) -> Ranked:
    """The names to keep: people go before handles and those before organisations, what is declared before print."""
    ranked = [(_rank(name, language, outlets), name) for name in found]
    top = max((rank for rank, _ in ranked), default=_NOBODY)
    names = tuple(name for rank, name in ranked if rank > _ORGANISATION or rank == top)
    if best[0] == _NOBODY:
        return top, names
    if top < _PERSON or top <= best[0]:
        return best
    if best[0] == _WORD and set(best[1]).isdisjoint(word for name in names for word in name.split()):
        return best
    if (
        best[0] == _ORGANISATION
        and not all(is_agency(n) or is_outlet(n, outlets) for n in best[1])
        and not any(_has_given_name(n) for n in names)
    ):
        return best
    return top, names


def _signs_as_author(agency: str, language: str | None) -> bool:
    """Whether an agency stands where its writer would, in initials, as German papers print them: ``dpa``."""
    return language == "de" and len(agency) <= INITIALS


def _has_given_name(name: str) -> bool:
    return not name.isascii() or name.split(maxsplit=1)[0].casefold() in given_names()


def _rank(name: str, language: str | None, outlets: frozenset[str]) -> int:
    if is_agency(name) or is_outlet(name, outlets) or is_organisation(name, language):
        return _ORGANISATION
    if " " in name or ord(max(name)) > 0x2E80:
        return _PERSON
    return _WORD if name[0].isupper() and name.isalpha() else _HANDLE


def printed(markup: Markup, nodes: list[json_ld.Node], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``names``, read from the page as from a dump, that are people's."""
    language, outlets = language_of(markup), frozenset(_site_names(markup, nodes))
    read = (name for text in names for name in authors_in(text, language, "printed", outlets))
    ranked = {
        name: _rank(name, language, outlets) for name in read if not is_agency(name) and not is_outlet(name, outlets)
    }
    top = max(ranked.values(), default=_NOBODY)
    return tuple(name for name, rank in ranked.items() if rank > _ORGANISATION or rank == top)


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


def _in_json_ld(nodes: list[json_ld.Node]) -> Iterator[str]:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for article in json_ld.articles(nodes)[:3]:
        found = list(_names_of(article.get("author") or article.get("creator"), by_id))
        if found:
            yield from found
            return


def _names_of(value: Any, by_id: dict[str, json_ld.Node], depth: int = 0) -> Iterator[str]:
    """Every name in ``value``: strings, people, lists of either, references to nodes; no address is one."""
    if isinstance(value, str):
        if not _ADDRESS.match(value.strip()):
            yield value
    elif isinstance(value, list) and depth < MAX_DEPTH:
        for item in value[:MAX_AUTHORS]:
            yield from _names_of(item, by_id, depth + 1)
    elif isinstance(value, dict) and depth < MAX_DEPTH:
        node = by_id.get(str(value.get("@id")), value) if "name" not in value else value
        parts = " ".join(str(node[key]) for key in ("givenName", "familyName") if node.get(key))
        named = node.get("name") or node.get("@value") or node.get("@list") or parts or node.get("author")
        yield from _names_of(named, by_id, depth + 1)


def _in_metas(markup: Markup, language: str | None) -> Iterator[str]:
    """What the first of the ``METAS`` gives that names people; else the first that gives any name."""
    given = [
        [text for name, text in markup.metas if name == wanted and not _ADDRESS.match(text.strip())] for wanted in METAS
    ]
    source: Source
    for source in ("marked", "declared"):
        for texts in given:
            if any(True for text in texts for _ in authors_in(text, language, source)):
                yield from texts
                return


def _in_print(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    yield from bylines(markup, body)  # looked for when nothing else names a person


def _in_marks(markup: Markup, body: tuple[int, int] | None) -> Iterator[str]:
    first, last = body or (0, len(markup.blocks))
    for mark in markup.marks:
        if is_of_author(mark.words) and mark.text and len(mark.text) <= 100:
            around = markup.ancestors(mark.element, 3)
            near = first - ABOVE_BODY <= mark.block <= first + 3 or last <= mark.block <= last + 3
            if near and not any(is_caption(e) for e in around):
                yield mark.text


def _site_names(markup: Markup, nodes: list[json_ld.Node]) -> set[str]:
    address = next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url") or ""
    host = address.partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    names = [markup.meta("og:site_name"), markup.meta("application-name"), host, host.rpartition(".")[0]]
    for node in nodes:
        names.append(json_ld.text(node.get("publisher")))
        if json_ld.types(node) & {"organization", "newsmediaorganization", "website"}:
            names.append(json_ld.text(node.get("name")))
    return {fold(name) for name in names if name} - {""}
