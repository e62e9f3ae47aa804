"""What the page's own metadata says of its text: headline, description, articleBody, the entries of a live blog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import Markup

SAID: Final = 120  # characters, squeezed, by which a block is known in a live blog's entry
LEAST: Final = 3
MOST: Final = 400_000  # characters of all entries
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Strings are squeezed: without any white space, so that markup's own breaks do not matter."""

    titles: frozenset[str]  # folded, see ``fold``
    title_sizes: tuple[int, int] = (0, 400)  # characters of the shortest and longest, with slack for punctuation
    description: str = ""
    body: str = ""  # with the text of a live blog's entries
    live: bool = False  # whether it says that the page is a live blog
    entries: str = ""  # of a live blog, headline before text, a line each

    def entry_of(self, squeezed: str) -> int | None:
        """The number of the first entry that holds the block, if one does."""
        found = self.entries.find(squeezed[:SAID]) if len(squeezed) >= LEAST else -1
        return self.entries.count("\n", 0, found) if found >= 0 else None

    def in_body(self, squeezed: str) -> float:
        """1 when articleBody or an entry holds the block, 0 when not, -1 when neither is told or the block is short."""
        if not self.body or not squeezed:
            return -1.0
        return float(squeezed[:200] in self.body)

    def in_description(self, squeezed: str) -> float:
        """1 when a description opens with the block or the block with a description."""
        if not self.description or not squeezed:
            return -1.0
        return float(squeezed[:60] in self.description)

    def is_title(self, text: str) -> bool:
        """Whether the block is one of the headlines."""
        return self.title_sizes[0] <= len(text) <= self.title_sizes[1] and fold(text) in self.titles


def fold(text: str) -> str:
    """Words of ``text`` in lower case, punctuation and spacing gone."""
    return " ".join(_WORD.findall(text.casefold()))


def squeeze(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


def witnesses(markup: Markup, nodes: list[json_ld.Node]) -> Witnesses:
    """The witnesses of a page, gathered from its metadata."""
    described = json_ld.articles(nodes)
    titles = [markup.meta("og:title"), markup.meta("twitter:title"), *_title_parts(markup.title)]
    titles += [json_ld.text(node.get("headline")) for node in described]
    descriptions = [markup.meta("og:description"), markup.meta("description"), markup.meta("twitter:description")]
    descriptions += [json_ld.text(node.get("description")) for node in described]
    bodies = (json_ld.text(node.get("articleBody")) for node in described)
    body = _TAG.sub(" ", next((text for text in bodies if text and len(text) > 200), ""))
    entries = "\n".join(filter(None, map(_entry, json_ld.entries(nodes))))[:MOST]
    folded = frozenset(fold(title) for title in titles if title) - {""}
    sizes = [len(title) for title in titles if title] or [0]
    return Witnesses(
        titles=folded,
        title_sizes=(min(sizes) // 2, max(sizes) + 40),
        description=" ".join(squeeze(text) for text in descriptions if text),
        body=" ".join(filter(None, (squeeze(body), entries))),
        live=bool(entries) or any("liveblogposting" in json_ld.types(node) for node in described),
        entries=entries,
    )


def _entry(node: json_ld.Node) -> str:
    """An entry of a live blog, squeezed; empty where its text is not given."""
    told = (json_ld.text(node.get("headline")), json_ld.text(node.get("articleBody")))
    return squeeze(_TAG.sub(" ", " ".join(text for text in told if text))) if told[1] else ""


def _title_parts(title: str) -> list[str]:
    """The page's title and the parts its separators leave, but short ones (a site's name)."""
    parts = [part for part in _SEPARATOR.split(title) if len(part) > 15]
    return [title, *parts]


_TAG: Final = re.compile(r"<[^<>]{1,300}>")
_SEPARATOR: Final = re.compile(r"\s[|–—·»:•-]\s|\s?[|｜]\s?")
