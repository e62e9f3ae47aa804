"""What stands with a headline and is no part of it: badges, sections, the names of sites, headings of boxes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.characters.charset import repair_mojibake
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.witnesses import fold

_KICKER: Final = re.compile(
    "kicker|eyebrow|overline|over-?title|pre-?title|dachzeile|spitzmarke|roofline|surtitre|volanta|occhiello|antet"
)
LONGEST_KICKER: Final = 60  # characters
SHORTEST_HEADLINE: Final = 12  # characters; less is a word that many headlines end with
LONGEST: Final = 200  # characters of a heading besides the headline
MOST_PARTS: Final = 8
SECTION_WORDS: Final = 4  # of a part behind a separator that no headline has in it
SHORTEST: Final = 6  # characters of what is left, of a script without spaces; twice that of others
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STRONG: Final = (
    r"\s*[|｜¦]+\s*|\s[«»·•›]\s|\s?::\s?|\s[_~]\s"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af”’」』》）0-9])_|_(?=[\u3040-\u9fff\uac00-\ud7af])"
)
_WEAK: Final = r"\s[–—-]{1,2}\s|\s?－\s?|\s[/<>]{1,2}\s|:\s|：|(?<=[\u3040-\u9fff])\s?[–—-]\s?(?=[\u3040-\u9fff])"
_SEPARATOR: Final = re.compile(rf"(?P<strong>{_STRONG})|(?P<weak>{_WEAK})")
_OPENED: Final = re.compile(
    r"^\s*(?:【([^【】]{1,12})】|\[([^\[\]]{1,20})\]|［([^［］]{1,12})］|\(([^()]{1,20})\)|＜([^＜＞]{1,12})＞)\s*"
)
_CLOSED: Final = re.compile(r"\s*(?:【([^【】]{1,12})】|\[([^\[\]]{1,20})\]|［([^［］]{1,12})］)\s*$")
_DOMAIN: Final = re.compile(
    r"(?:www\.)?[\w-]{2,40}\.(?:com|net|org|info|news|tv|co|[a-z]{2})(?:\.[a-z]{2})?", re.IGNORECASE
)


def is_widget(text: str) -> bool:
    """Whether ``text`` heads a box of links, comments or the like."""
    folded = text.casefold().strip(" :：.…!»>›")
    exact, beginnings = _widgets()
    return folded in exact or (len(folded) < 60 and folded.startswith(beginnings) and _ends_a_word(folded, beginnings))


def is_badge(text: str) -> bool:
    """Whether ``text`` only marks a story: live, exclusive, video."""
    return text.casefold().strip(" :：+*•·-–—|!") in _kind("badge")


def plain(text: str, sites: frozenset[str]) -> tuple[str, str | None]:
    """The headline in ``text``, and the label before it, if one is printed: a section or a kind of text.

    Args:
        sites: what the site calls itself, folded.
    """
    label = None
    if (found := _OPENED.match(text)) and _enough(text[found.end() :]):
        inside = next(part for part in found.groups() if part)
        if is_badge(inside) or _is_site(inside, sites) or fold(inside) in _kind("section"):
            label = inside if fold(inside) in _kind("section") else None
            text = text[found.end() :]
    if (found := _CLOSED.search(text)) and _enough(text[: found.start()]):
        inside = next(part for part in found.groups() if part)
        if is_badge(inside) or _is_site(inside, sites):
            text = text[: found.start()]
    text = _without_ends(text, sites)
    return _without_beginning(text, sites, label)


def kicker(markup: Markup, title: str) -> str | None:
    """What is printed as kicker in the headline or right above it."""
    wanted = fold(title)
    for i, block in enumerate(markup.blocks):
        size = len(block.text) - len(title)
        if (
            -20 < size < LONGEST
            and (block.tag in ("h1", "h2") or block.text == title)
            and fold(block.text).endswith(wanted)
        ):
            labels = [text for at, text in markup.labels if at == i]
            above = markup.blocks[i - 1] if i else None
            if above and len(above.text) <= LONGEST_KICKER:
                words = " ".join(element.words for element in markup.ancestors(above.element, 2))
                inside = any(at == i - 1 and len(text) >= len(above.text) - 2 for at, text in markup.labels)
                labels += [above.text] if inside or _KICKER.search(words) else []
            shown = (clean_text(repair_mojibake(label)) for label in labels)
            return next((text for text in shown if text and not is_badge(text) and fold(text) != wanted), None)
    return None


def without_labels(markup: Markup, block: int, text: str) -> str:
    """The words of a heading without the kicker or badge that is set in it."""
    for at, label in markup.labels:
        if at == block and len(text) - len(label) >= SHORTEST_HEADLINE:
            text = text.removeprefix(label).lstrip(" :|–—-·•/") if text.startswith(label) else text.removesuffix(label)
    return text.strip()


def _without_ends(text: str, sites: frozenset[str]) -> str:
    """``text`` without the parts at its end that name the site, and the sections between."""
    named = False
    for _ in range(MOST_PARTS):
        cuts = list(_SEPARATOR.finditer(text[:600]))
        if not cuts:
            break
        cut = cuts[-1]
        part, rest = text[cut.end() :].strip(), text[: cut.start()].strip()
        strong = cut["strong"] is not None
        known = _is_site(part, sites) or (strong and _is_outlet(part)) or _DOMAIN.fullmatch(part) is not None
        small = _size(part) <= SECTION_WORDS and len(part) < len(rest)
        section = fold(part) in _kind("section") and (strong or named)
        if not (_enough(rest) and (known or section or (strong and small and (named or _is_latin(part))))):
            break
        text, named = rest, True
    return text


def _without_beginning(text: str, sites: frozenset[str], label: str | None) -> tuple[str, str | None]:
    cut = _SEPARATOR.search(text[:100])
    if cut is None or not _enough(text[cut.end() :]):
        return text, label
    part, rest = text[: cut.start()].strip(), text[cut.end() :].strip()
    strong = cut["strong"] is not None
    if _is_site(part, sites) or (strong and is_badge(part)):
        return rest, label
    if strong and fold(part) in _kind("section"):
        return rest, part
    return text, label


def _is_site(part: str, sites: frozenset[str]) -> bool:
    folded = fold(part)
    bare = folded.removeprefix("the ").replace(" ", "")
    return bool(bare) and any(_same(folded, bare, site) for site in sites)


def _same(folded: str, bare: str, site: str) -> bool:
    if folded == site or bare == site.removeprefix("the ").replace(" ", ""):
        return True
    # "The Harbour Gazette Online", "News from the Harbour Gazette"
    return len(site) > 7 and f" {site} " in f" {folded} " and folded.count(" ") <= site.count(" ") + 3


def _is_outlet(part: str) -> bool:
    return len(part) <= 10 and bool(_UNSPACED.search(part)) and part.endswith(_outlets())


def _is_latin(part: str) -> bool:
    return not _UNSPACED.search(part)


def _size(part: str) -> int:
    unspaced = len(_UNSPACED.findall(part))
    return unspaced // 2 if unspaced else len(part.split())


def _enough(text: str) -> bool:
    text = text.strip()
    return len(text) >= SHORTEST * 2 or len(_UNSPACED.findall(text)) >= SHORTEST


def _ends_a_word(folded: str, beginnings: tuple[str, ...]) -> bool:
    longest = max((begin for begin in beginnings if folded.startswith(begin)), key=len)
    following = folded[len(longest) : len(longest) + 1]
    return not following.isalnum() or bool(_UNSPACED.match(following))


@cache
def _kind(wanted: str) -> frozenset[str]:
    split = (line.split("\t") for line in data_lines(__file__, "title_labels.txt"))
    return frozenset(word for kind, words in split if kind == wanted for word in words.split(", "))


@cache
def _outlets() -> tuple[str, ...]:
    return tuple(word for words in _kind("outlet") for word in words.split())


@cache
def _widgets() -> tuple[frozenset[str], tuple[str, ...]]:
    words = _kind("widget")
    exact = frozenset(word.rstrip("*") for word in words)
    return exact, tuple(sorted(word[:-1] for word in words if word.endswith("*")))
