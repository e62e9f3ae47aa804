"""One pass over a page's markup: what the head declares, and the body as text blocks that know their surroundings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from turbohtml.saxparse import SaxHandler, sax_parse

from pipeline.extraction.errors import PageTooDeep, PageTooLarge

MAX_DEPTH: Final = 512  # as in browsers: deeper elements are transparent, their text stays
MAX_ELEMENTS: Final = 250_000
MAX_BLOCKS: Final = 20_000
MAX_UNCLOSED_FONTS: Final = 2_000  # each is opened again in every later paragraph: the one quadratic cost of the parser
MAX_JSON_LD: Final = 2_000_000  # characters a script; the longest seen on 1,340 pages is 0.4 million
MAX_WORDS: Final = 300  # characters of class, id and the like kept of an element

Attributes = tuple[tuple[str, str | None], ...]

_SKIPPED: Final = frozenset(
    "script style noscript svg math template iframe select textarea object canvas audio video map head button dialog "
    "noembed noframes rt rp input datalist".split()
)
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meta link nobr q s samp small "
    "source span strike strong sub sup time tt u var wbr ruby rb".split()
)
_SEPARATING: Final = frozenset({"br", "hr"})
_WORD_ATTRIBUTES: Final = frozenset(
    {"class", "id", "itemprop", "role", "rel", "data-testid", "data-component", "data-qa", "data-type", "itemtype"}
)


@dataclass(slots=True)
class Element:
    """An element of the body. ``words`` is its class, id, role and the like, in lower case."""

    tag: str
    parent: int  # index into ``Markup.elements``, -1 above the root
    depth: int
    words: str = ""
    hidden: bool = False
    values: dict[str, str] | None = None  # datetime, content, title, href where they may tell a time or a name


@dataclass(slots=True)
class Block:
    """A run of text that no block-level boundary breaks, white space folded."""

    text: str
    element: int  # the innermost block-level element it is in
    tag: str
    links: int = 0  # characters inside links
    anchors: int = 0  # number of links
    strong: int = 0  # characters in bold or emphasis
    breaks: int = 0  # <br> inside or right before it
    inline: tuple[int, ...] = ()  # indices of inline elements that carry words


@dataclass(slots=True)
class Markup:
    """What one pass found. ``metas`` are (name in lower case, content) in page order."""

    title: str = ""
    language: str | None = None
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # (rel, href)
    json_ld: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among ``names``, in the order of ``names``."""
        for wanted in names:
            for name, content in self.metas:
                if name == wanted and content:
                    return content
        return None

    def ancestors(self, index: int) -> list[Element]:
        """The element at ``index`` and those above it, innermost first."""
        found = []
        while index >= 0:
            found.append(self.elements[index])
            index = self.elements[index].parent
        return found


def read_markup(html: str) -> Markup:
    """The page in one pass.

    Raises:
        PageTooDeep: thousands of formatting elements that are never closed.
        PageTooLarge: more elements or blocks than a page that people read can have.
    """
    unclosed = html.count("<font") - html.count("</font")
    if unclosed > MAX_UNCLOSED_FONTS:
        raise PageTooDeep(f"{unclosed:,} unclosed <font> elements, limit is {MAX_UNCLOSED_FONTS:,}")
    reader = _Reader()
    sax_parse(html, reader)
    reader.flush()
    return reader.markup


class _Reader(SaxHandler):
    """Turns the parser's events into a Markup."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._skipping = 0  # open elements inside a skipped one
        self._capture: list[str] | None = None  # text of a title or JSON-LD script
        self._in_head = False
        self._stack: list[tuple[int, str, bool]] = []  # (element, tag, whether it is block-level)
        self._too_deep = 0
        self._pieces: list[str] = []
        self._inline: list[int] = []
        self._links = self._anchors = self._strong = self._breaks = 0
        self._in_link = self._in_strong = 0
        self._depth_of_block = -1

    def start_element(self, tag: str, attrs: Attributes) -> None:
        if self._skipping:
            self._skipping += 1
            self._head_element(tag, attrs)
            return
        if tag in _SKIPPED:
            self._skipping = 1
            if tag == "head":
                self._in_head = True
            self._head_element(tag, attrs)
            return
        if tag in _SEPARATING:
            self._break(tag)
        elif tag in _INLINE or "-" in tag:
            if tag == "a":
                self._in_link += 1
                self._anchors += 1
            elif tag in ("b", "strong", "em", "i"):
                self._in_strong += 1
            elif tag == "meta":
                self._head_element(tag, attrs)
        else:
            self.flush()
        self._push(tag, attrs)

    def end_element(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if self._capture is not None and tag in ("title", "script"):
                self._end_capture(tag)
            if not self._skipping:
                self._in_head = False
            return
        if self._too_deep:
            self._too_deep -= 1
        elif self._stack:
            self._stack.pop()
        if tag == "a":
            self._in_link -= 1
        elif tag in ("b", "strong", "em", "i"):
            self._in_strong -= 1
        elif tag not in _INLINE and tag not in _SEPARATING and "-" not in tag:
            self.flush()

    def characters(self, data: str) -> None:
        if self._skipping:
            if self._capture is not None:
                self._capture.append(data)
            return
        self._pieces.append(data)
        if self._in_link:
            self._links += len(data)
        if self._in_strong:
            self._strong += len(data)

    def flush(self) -> None:
        """Ends the current block, if it holds any text."""
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            self._add_block(text)
        self._inline.clear()
        self._links = self._strong = self._breaks = self._anchors = 0

    def _add_block(self, text: str) -> None:
        element, tag = -1, "body"
        for index, name, is_block in reversed(self._stack):
            if is_block:
                element, tag = index, name
                break
        blocks = self.markup.blocks
        if len(blocks) >= MAX_BLOCKS:
            raise PageTooLarge(f"page has more than {MAX_BLOCKS:,} blocks of text")
        size = len(text)
        blocks.append(
            Block(
                text,
                element,
                tag,
                min(self._links, size),
                self._anchors,
                min(self._strong, size),
                self._breaks,
                tuple(self._inline),
            )
        )

    def _break(self, tag: str) -> None:
        if (
            tag == "hr"
            or (self._pieces and self._pieces[-1] == "\n")
            or (len(self._pieces) > 1 and self._pieces[-2] == "\n" and self._pieces[-1].isspace())
        ):
            self.flush()
        else:
            self._pieces.append("\n")
        self._breaks += 1

    def _push(self, tag: str, attrs: Attributes) -> None:
        stack = self._stack
        if len(stack) >= MAX_DEPTH:
            self._too_deep += 1
            return
        elements = self.markup.elements
        if len(elements) >= MAX_ELEMENTS:
            raise PageTooLarge(f"page has more than {MAX_ELEMENTS:,} elements")
        parent = stack[-1][0] if stack else -1
        element = Element(tag, parent, len(stack))
        inline = tag in _INLINE or tag in _SEPARATING or "-" in tag
        if attrs:
            self._describe(element, attrs)
            if inline and (element.words or element.values):
                self._inline.append(len(elements))
        stack.append((len(elements), tag, not inline))
        elements.append(element)

    def _describe(self, element: Element, attrs: Attributes) -> None:
        words = ""
        for name, value in attrs:
            if not value:
                element.hidden |= name == "hidden"
            elif name in _WORD_ATTRIBUTES:
                words += " " + value[:MAX_WORDS]
            elif name in ("datetime", "content", "title", "href"):
                if element.values is None:
                    element.values = {}
                element.values[name] = value[:2_000]
            elif name == "style":
                element.hidden |= "display:none" in value.replace(" ", "")
            elif name == "aria-hidden":
                element.hidden |= value == "true"
            elif name == "lang" and element.tag == "html":
                self.markup.language = value[:35]
        element.words = words.lower()

    def _head_element(self, tag: str, attrs: Attributes) -> None:
        if tag == "meta":
            values = dict(attrs)
            name = values.get("property") or values.get("name") or values.get("itemprop") or values.get("http-equiv")
            if name and values.get("content") and len(self.markup.metas) < 2_000:
                self.markup.metas.append((name.lower(), (values["content"] or "")[:20_000]))
        elif tag == "link":
            values = dict(attrs)
            if values.get("rel") and values.get("href") and len(self.markup.links) < 2_000:
                self.markup.links.append(((values["rel"] or "").lower(), (values["href"] or "")[:10_000]))
        elif tag == "title" and self._in_head and not self.markup.title:
            self._capture = []
        elif tag == "script" and "ld+json" in (dict(attrs).get("type") or "").lower():
            self._capture = []

    def _end_capture(self, tag: str) -> None:
        text = "".join(self._capture or ())
        self._capture = None
        if tag == "title":
            self.markup.title = " ".join(text[:5_000].split())
        elif len(text) <= MAX_JSON_LD and len(self.markup.json_ld) < 50:
            self.markup.json_ld.append(text)
