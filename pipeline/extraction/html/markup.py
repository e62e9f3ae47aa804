"""One pass over a page's markup: what the head declares, and the body as text blocks that know their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from turbohtml.saxparse import SaxHandler, sax_parse

from copydesk.pipeline.extraction.errors import PageTooDeep, PageTooLarge

MAX_DEPTH: Final = 512  # as in browsers: deeper elements are transparent, their text stays
MAX_ELEMENTS: Final = 200_000
MAX_BLOCKS: Final = 20_000
MAX_UNCLOSED_FONTS: Final = 2_000  # each is opened again in every later paragraph: the one quadratic cost of the parser
MAX_JSON_LD: Final = 2_000_000  # characters of a script; the longest seen on 1,340 pages has 0.4 million
MAX_METAS: Final = 2_000
MAX_LABEL: Final = 80  # characters of a kicker
MAX_WORDS: Final = 300  # characters kept of a class, id or the like

Attributes = tuple[tuple[str, str | None], ...]

_BLOCK, _SKIP, _INLINE, _LINK, _STRONG, _BREAK = range(6)
_SKIPPED_TAGS: Final = (
    "audio", "button", "canvas", "datalist", "dialog", "head", "iframe", "map", "math", "noembed", "noframes",
    "noscript", "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
)  # fmt: skip
_INLINE_TAGS: Final = (
    "abbr", "acronym", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "font", "img", "input", "ins", "kbd",
    "label", "link", "mark", "meta", "nobr", "q", "rb", "ruby", "s", "samp", "small", "source", "span", "strike", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
_KINDS: Final = {
    **dict.fromkeys(_SKIPPED_TAGS, _SKIP),
    **dict.fromkeys(_INLINE_TAGS, _INLINE),
    **dict.fromkeys(("b", "strong", "em", "i"), _STRONG),
    "a": _LINK,
    "br": _BREAK,
    "hr": _BREAK,
}
_FOR_SCREEN_READERS: Final = re.compile(r"(?<![\w-])(?:sr-only|visually-?hidden|screen-reader-text)(?![\w-])")
# Inline text that only screen readers or a pointer bring out. Letters first: what begins so is found faster.
_UNSEEN: Final = re.compile(
    r"sr-only(?<=\bsr-only)|visually-?hidden|screen-?reader|tooltip|popover|rollover|clip(?<=\bclip):\s?rect"
)
_TELLING: Final = re.compile("author|byline|by-line|creator|writer|date|time|publish|stamp|posted|reporter")
# What is set in a headline before it: the kicker, a badge.
_LABEL: Final = re.compile(
    r"kicker|eyebrow|overline|over-?title|pre-?title|super-?title|sur-?titre|dachzeile|spitzmarke|roofline|topline|volanta"
    r"|cintillo|occhiello|antet[ií]tulo|chapeu|nadty|nadtit|badge|(?<![a-z])(?:label|pill|flag)(?![a-z])"
)
_WORDS: Final = frozenset(
    {"class", "id", "itemprop", "role", "rel", "data-testid", "data-component", "data-qa", "data-type", "itemtype"}
)


@dataclass(slots=True)
class Element:
    """A block-level element of the body. ``words`` is its class, id, role and the like, in lower case."""

    tag: str
    parent: int  # index into ``Markup.elements``, -1 above the root
    depth: int
    words: str = ""
    hidden: bool = False


@dataclass(slots=True)
class Block:
    """A run of text that no block-level boundary breaks, white space folded."""

    text: str
    element: int  # the innermost block-level element it is in
    tag: str
    links: int = 0  # characters inside links
    anchors: int = 0  # number of links
    strong: int = 0  # characters in bold or emphasis
    breaks: int = 0  # <br> inside


@dataclass(slots=True)
class Mark:
    """An inline element that may tell a time or a name: ``<time>``, or author, date and the like among its words."""

    tag: str
    words: str
    value: str  # datetime, content or title
    text: str
    block: int  # index of the block it is in
    element: int


@dataclass(slots=True)
class Markup:
    """What one pass found. ``metas`` are (name in lower case, content), ``links`` (rel, href), in page order."""

    title: str = ""
    language: str | None = None
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[tuple[int, str]] = field(default_factory=list)  # kickers and badges: the block each is in, its text
    _told: dict[str, str] = field(default_factory=dict, init=False)  # by name, the first content that is not empty

    def add_meta(self, name: str, content: str) -> None:
        """One more of ``metas``."""
        self.metas.append((name, content))
        if content.strip():
            self._told.setdefault(name, content)

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among ``names``, in the order of ``names``."""
        return next((self._told[name] for name in names if name in self._told), None)

    def path(self, index: int) -> Iterator[int]:
        """Indices of the element at ``index`` and of those above it, innermost first."""
        while index >= 0:
            yield index
            index = self.elements[index].parent

    def ancestors(self, index: int, most: int = MAX_DEPTH) -> list[Element]:
        """The element at ``index`` and those above it, innermost first, at most so many."""
        return [self.elements[above] for above in islice(self.path(index), most)]


def read_markup(html: str) -> Markup:
    """The page in one pass.

    Raises:
        PageTooDeep: thousands of formatting elements that are never closed.
        PageTooLarge: more elements or blocks than a page that people read can have.
    """
    opened = html.count("<font")
    if opened > MAX_UNCLOSED_FONTS and (unclosed := opened - html.count("</font")) > MAX_UNCLOSED_FONTS:
        raise PageTooDeep(f"{unclosed:,} unclosed <font> elements, limit is {MAX_UNCLOSED_FONTS:,}")
    reader = _Reader()
    sax_parse(html.replace("\0", ""), reader)
    reader.flush()
    return reader.markup


@lru_cache(maxsize=20_000)  # the pages of a site call their elements the same
def _kind_of(words: str) -> tuple[bool, bool]:
    """Whether an inline element of such words is not seen, and whether it tells something or is a label."""
    return bool(_UNSEEN.search(words)), bool(_TELLING.search(words) or _LABEL.search(words))


class _Reader(SaxHandler):
    """Turns the parser's events into a Markup."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._skipping = 0  # open elements inside a skipped one
        self._in_head = False
        self._capture: list[str] | None = None  # text of a title or a JSON-LD script
        self._kinds: list[int] = []  # of the open elements, ``_SKIP`` apart
        self._open: list[int] = []  # open block-level elements, indices
        self._marks: list[tuple[int, int, str, str, str]] = []  # open marks: depth, first piece, tag, words, value
        self._pieces: list[str] = []
        self._links = self._anchors = self._strong = self._breaks = 0
        self._in_link = self._in_strong = 0

    def start_element(self, tag: str, attrs: Attributes) -> None:
        kind = _KINDS.get(tag, _BLOCK)
        if kind == _SKIP and tag == "template" and any(name == "shadowrootmode" for name, _ in attrs):
            kind = _BLOCK  # a declarative shadow tree is shown
        if self._skipping or kind == _SKIP:
            self._skip(tag, attrs)
            return
        if kind == _BLOCK and "-" in tag:
            kind = _INLINE  # custom elements
        if kind == _BLOCK:
            seen = self._open_block(tag, attrs)
        elif kind == _BREAK:
            seen = self._break(tag)
        else:
            seen = self._open_inline(tag, kind, attrs)
        if seen:
            self._kinds.append(kind)
        else:
            self._skipping = 1

    def end_element(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if self._capture is not None:
                self._end_capture(tag)
            self._in_head &= self._skipping > 0
            return
        kind = self._kinds.pop() if self._kinds else _BLOCK
        if kind == _BLOCK:
            if self._pieces:
                self.flush()
            if self._open:
                self._open.pop()
        elif kind == _LINK:
            self._in_link -= 1
        elif kind == _STRONG:
            self._in_strong -= 1
        if self._marks and self._marks[-1][0] > len(self._kinds):
            self._end_mark()

    def characters(self, data: str) -> None:
        if self._skipping:
            if self._capture is not None:
                self._capture.append(data)
            return
        if not self._pieces and data.isspace():
            return  # between two blocks, as most text nodes are
        self._pieces.append(data)
        if self._in_link:
            self._links += len(data)
        if self._in_strong:
            self._strong += len(data)

    def flush(self) -> None:
        """Ends the current block, if it holds any text."""
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            blocks = self.markup.blocks
            if len(blocks) >= MAX_BLOCKS:
                raise PageTooLarge(f"page has more than {MAX_BLOCKS:,} blocks of text")
            here = self._open[-1] if self._open else -1
            tag = self.markup.elements[here].tag if here >= 0 else "body"
            size = len(text)
            links, strong = min(self._links, size), min(self._strong, size)
            blocks.append(Block(text, here, tag, links, self._anchors, strong, self._breaks))
        self._links = self._strong = self._breaks = self._anchors = 0

    def _skip(self, tag: str, attrs: Attributes) -> None:
        self._skipping += 1
        self._in_head |= tag == "head"
        if tag in ("meta", "link", "title", "script"):
            self._declare(tag, attrs)

    def _break(self, tag: str) -> bool:
        pieces = self._pieces
        second = bool(pieces) and (
            pieces[-1] == "\n" or (pieces[-1].isspace() and len(pieces) > 1 and pieces[-2] == "\n")
        )
        if tag == "hr" or second:
            self.flush()
        elif pieces:
            pieces.append("\n")
            self._breaks += 1
        return True

    def _open_block(self, tag: str, attrs: Attributes) -> bool:
        """Ends the text before it; returns whether the element is seen."""
        if self._pieces:
            self.flush()
        opened, elements = self._open, self.markup.elements
        if len(opened) >= MAX_DEPTH:
            opened.append(opened[-1])  # transparent: what is inside belongs to the deepest element kept
            return True
        if len(elements) >= MAX_ELEMENTS:
            raise PageTooLarge(f"page has more than {MAX_ELEMENTS:,} elements")
        element = Element(tag, opened[-1] if opened else -1, len(opened))
        if attrs:
            self._describe(element, attrs)
            words = element.words
            if ("hidden" in words or "sr-only" in words or "screen-r" in words) and _FOR_SCREEN_READERS.search(words):
                return False
        opened.append(len(elements))
        elements.append(element)
        return True

    def _open_inline(self, tag: str, kind: int, attrs: Attributes) -> bool:
        """Opens a mark where the element tells something; returns whether the element is seen."""
        if attrs:
            if tag in ("meta", "link"):
                self._declare(tag, attrs)
            elif not self._marked(tag, attrs):
                return False
        if kind == _LINK:
            self._in_link += 1
            self._anchors += 1
        elif kind == _STRONG:
            self._in_strong += 1
        return True

    def _describe(self, element: Element, attrs: Attributes) -> None:
        words = []
        for name, value in attrs:
            if name in _WORDS:
                if value:
                    words.append(value[:MAX_WORDS])
            elif name == "style":
                element.hidden |= bool(value) and "display:none" in (value or "")[:500].replace(" ", "")
            elif name == "hidden":
                element.hidden = True
            elif name == "aria-hidden":
                element.hidden |= value == "true"
            elif name == "lang" and element.tag == "html" and value:
                self.markup.language = value[:35]
        element.words = " ".join(words).lower()

    def _marked(self, tag: str, attrs: Attributes) -> bool:
        words, value = "", ""
        for name, content in attrs:
            if content:
                if name in _WORDS:
                    words += " " + content[:MAX_WORDS]
                elif name in ("datetime", "content", "title"):
                    value = value or content[:200]
                elif name == "style" and "clip" in content[:500] and _UNSEEN.search(content[:500]):
                    return False
        words = words.lower()
        unseen, told = _kind_of(words) if words else (False, False)
        if unseen:
            return False
        if (tag == "time" or told) and len(self._marks) < 20:
            self._marks.append((len(self._kinds) + 1, len(self._pieces), tag, words, value))
        return True

    def _end_mark(self) -> None:
        _, first, tag, words, value = self._marks.pop()
        text = " ".join("".join(self._pieces[first:])[:2_000].split())
        if tag != "time" and not _TELLING.search(words):
            if text and len(text) < MAX_LABEL and len(self.markup.labels) < MAX_METAS:
                self.markup.labels.append((len(self.markup.blocks), text))
        elif (text or value) and len(self.markup.marks) < MAX_METAS:
            here = self._open[-1] if self._open else -1
            self.markup.marks.append(Mark(tag, words, value, text, len(self.markup.blocks), here))

    def _declare(self, tag: str, attrs: Attributes) -> None:
        values = {name: value for name, value in attrs if value}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or values.get("http-equiv")
            if name and "content" in values and len(self.markup.metas) < MAX_METAS:
                self.markup.add_meta(name.lower(), values["content"][:20_000])
        elif tag == "link":
            if "rel" in values and "href" in values and len(self.markup.links) < MAX_METAS:
                self.markup.links.append((values["rel"].lower(), values["href"][:10_000]))
        elif (tag == "title" and self._in_head and not self.markup.title) or (
            tag == "script" and "ld+json" in values.get("type", "").lower()
        ):
            self._capture = []

    def _end_capture(self, tag: str) -> None:
        text = "".join(self._capture or ())
        self._capture = None
        if tag == "title":
            self.markup.title = " ".join(text[:5_000].split())
        elif len(text) <= MAX_JSON_LD and len(self.markup.json_ld) < 50:
            self.markup.json_ld.append(text)
