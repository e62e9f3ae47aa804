"""JSON-LD as pages really hold it: lists, graphs, broken JSON.

Reference:
    https://schema.org/NewsArticle, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, Final

import orjson

from copydesk.pipeline.extraction.html.declared.broken_json import read_broken

Node = dict[str, Any]

MAX_NODES: Final = 2_000
ARTICLE: Final = 2  # rank from which on a node describes an article and not only a page
_PREFIXES: Final = ("schema:", "http://schema.org/", "https://schema.org/")
_PREFIX: Final = re.compile(r"^(?:schema:|https?://schema\.org/)")
_WORD: Final = re.compile(r"\w+")
_CONTROL: Final = re.compile("[\x00-\x1f]")
_TRAILING_COMMA: Final = re.compile(r",\s{0,40}([}\]])")
_WRAPPER: Final = re.compile(r"^\s{0,200}(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s{0,200}$")


def nodes(scripts: list[str]) -> list[Node]:
    """Every typed object in ``scripts``, outermost first, at most ``MAX_NODES``; what cannot be read is left out."""
    found: list[Node] = []
    for script in scripts:
        for node in _walk(_lenient(script)):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def types(node: Node) -> set[str]:
    """The node's types in lower case, without their namespace."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if name}


def articles(all_nodes: list[Node]) -> list[Node]:
    """The nodes that describe an article, news kinds first."""
    found = [(_rank(node), order, node) for order, node in enumerate(all_nodes)]
    return [node for rank, _, node in sorted(((r, o, n) for r, o, n in found if r), key=lambda f: (-f[0], f[1]))]


def own(all_nodes: list[Node], addresses: Iterable[str | None], titles: Iterable[str]) -> list[Node]:
    """``all_nodes`` without articles that are not the page's: neither address nor headline is one of those given.

    An article that tells only one of the two, or none, stays: it cannot be told apart.
    """
    articles_here = [node for node in all_nodes if _rank(node) >= ARTICLE and node.get("headline")]
    if not articles_here:
        return all_nodes
    paths = {_path(address) for address in addresses if address}
    headlines = [words for title in titles if (words := _words(title))]
    others = [node for node in articles_here if paths and headlines and _is_others(node, paths, headlines)]
    if not others:
        return all_nodes
    entry = [
        node for node in entries(others) if _path(_address(node.get("url"))) in paths
    ]  # that has a page of its own
    return [*(node for node in all_nodes if not any(node is other for other in others)), *entry]


def entries(all_nodes: list[Node]) -> list[Node]:
    """What the live blogs among ``all_nodes`` give as their entries, in the order given; no article of its own each."""
    found: list[Node] = []
    for node in all_nodes:
        given = node.get("liveBlogUpdate")
        found += [
            _unprefixed(item) for item in (given if isinstance(given, list) else [given]) if isinstance(item, dict)
        ]
    return found[:MAX_NODES]


def _is_others(node: Node, paths: set[str], headlines: list[set[str]]) -> bool:
    named = {path for key in ("url", "@id", "mainEntityOfPage") if (path := _path(_address(node.get(key))))}
    if not named or not paths.isdisjoint(named):
        return False
    words = _words(text(node.get("headline")) or "")
    return bool(words) and not any(len(words & title) * 2 >= min(len(words), len(title)) for title in headlines)


def text(value: Any) -> str | None:
    """The string in ``value``, the first of a list, or an object's ``@value`` or ``name``; entities resolved."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name")
    if isinstance(value, str) and value.strip():
        return unescape(value) if "&" in value else value
    return None


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""


def _path(address: str) -> str:
    """The path of an address, by which pages of a site are told apart; empty for its front page."""
    rest = address.partition("#")[0].partition("?")[0]
    return rest.partition("://")[2].partition("/")[2].strip("/").lower() if "://" in rest else rest.strip("/").lower()


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


def _rank(node: Node) -> int:
    kinds = types(node)
    if any(kind.endswith("newsarticle") or kind in _NEWS_KINDS for kind in kinds):
        return 3
    if any(kind.endswith(("article", "posting")) for kind in kinds):
        return 2
    return 1 if kinds & {"webpage", "newsmediawebpage", "itempage"} and "datePublished" in node else 0


_NEWS_KINDS: Final = {"reportage", "analysisnewsarticle", "opinionnewsarticle", "liveblogposting"}


def _lenient(script: str) -> Any:
    for attempt in (_as_is, _repaired, _unescaped):
        try:
            return orjson.loads(attempt(script))
        except orjson.JSONDecodeError:
            continue
    return read_broken(_as_is(script))


def _as_is(script: str) -> str:
    return _WRAPPER.sub("", script) if "<!" in script[:200] else script


def _repaired(script: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", _as_is(script))).strip().rstrip(";")


def _unescaped(script: str) -> str:
    return _repaired(unescape(script))


def _unprefixed(node: Node) -> Node:
    """``node`` with its keys as the vocabulary has them, where a page writes ``schema:author``."""
    if not any(key.startswith(_PREFIXES) for key in node):
        return node
    return {
        _PREFIX.sub("", key): _unprefixed(value) if isinstance(value, dict) else value for key, value in node.items()
    }


def _walk(value: Any) -> Iterator[Node]:
    queue, seen = [value], 0
    while queue and seen < MAX_NODES * 20:
        seen += 1
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item[:200]
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                yield _unprefixed(item)
            queue += [
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                if isinstance(item.get(key), list | dict)
            ]
