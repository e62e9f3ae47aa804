"""The headline, chosen among everything on the page that claims to be it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import orjson

from copydesk.pipeline.extraction.characters.charset import repair_mojibake
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.headline.lines import lines_above
from copydesk.pipeline.extraction.html.headline.title_labels import (
    LONGEST_KICKER,
    SHORTEST_HEADLINE,
    is_badge,
    is_widget,
    kicker,
    plain,
    without_labels,
)
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.witnesses import fold

MAX_TITLE: Final = 500  # characters; what is longer is a paragraph in the wrong place
_SEPARATOR: Final = re.compile(r"\s[|–—·»«:•›>~/-]{1,2}\s|\s?[|｜]\s?|\s-\s|:\s")
_WHOLE: Final = frozenset({"og", "json_ld", "twitter", "title", "title_but_last", "title_first", "og_but_last"})
_QUOTES: Final = ('"', "'")  # that end an attribute; before them its value has been cut
_NO_TITLE: Final = ("logo", "site-", "brand", "masthead", "sr-only", "related", "modal", "newsletter")


_HEADINGS: Final = ("h1", "h2_above_body")
_SOURCES: Final = {
    source: (source, *(f"{source}_{part}" for part in ("but_last", "first", "but_first", "middle")))
    for source in ("h1", "json_ld", "og", "title", "twitter")
}


@dataclass(slots=True)
class _Candidate:
    text: str
    traits: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """The headline as printed, without the site's name, and the kicker printed before it."""

    text: str | None
    kicker: str | None = None


def choose_title(markup: Markup, nodes: list[json_ld.Node], body_start: int | None) -> Title:
    """The headline; without a text when nothing on the page claims to be one.

    Args:
        body_start: index of the first block of the body, which the headline stands above.
    """
    weights = _weights()
    best, top = None, float("-inf")
    found = candidates(markup, nodes, body_start)
    for candidate in found:
        score = sum(weights.get(trait, 0.0) * value for trait, value in candidate.traits.items())
        if score > top:
            best, top = candidate.text, score
    if best is None:
        return Title(None)
    sites = frozenset(_site_names(markup, json_ld.articles(nodes)))
    text, section = plain(_without_badge(best, found), sites)
    return Title(text, kicker(markup, text) or section)


def _without_badge(best: str, found: list[_Candidate]) -> str:
    """``best`` without the badge before it, or what markup glued to it, where the page has the headline alone, too."""
    for other in found:
        rest = other.text
        if len(rest) >= SHORTEST_HEADLINE and best != rest and best.endswith(rest) and other.traits.keys() & _WHOLE:
            prefix = best[: -len(rest)]
            glued = len(prefix) <= LONGEST_KICKER and prefix[-1].islower() and rest[0].isupper()
            if is_badge(prefix) or glued:
                return rest
    return best


def candidates(markup: Markup, nodes: list[json_ld.Node], body_start: int | None) -> list[_Candidate]:
    """Every claimed title once, with what speaks for it; equal wordings are one candidate."""
    found: dict[str, _Candidate] = {}

    def claim(text: str | None, *traits: str) -> None:
        shown = clean_text(repair_mojibake((text or "")[:2_000]))
        key = fold(shown)
        heads_box = traits[0] in _HEADINGS and is_widget(shown)
        if key and len(shown) <= MAX_TITLE and not heads_box:
            candidate = found.setdefault(key, _Candidate(shown))
            for trait in traits:
                candidate.traits[trait] = 1.0

    articles = json_ld.articles(nodes)
    told = [
        json_ld.text(articles[0].get("headline")) if articles else None,
        *map(markup.meta, ("og:title", "twitter:title")),
    ]
    _claim_headings(markup, body_start, claim, {fold(title) for title in told if title})
    for block, traits in lines_above(markup, body_start):
        claim(block.text, *traits)
    for node in articles[:1]:
        alternative = "alternativeHeadline" in node
        claim(json_ld.text(node.get("headline")), "json_ld", *(["json_ld_beside_another"] if alternative else []))
        claim(json_ld.text(node.get("alternativeHeadline")), "json_ld_alternative")
        claim(json_ld.text(node.get("name")), "json_ld_name")
    for trait, text in (
        ("og", markup.meta("og:title")),
        ("twitter", markup.meta("twitter:title")),
        ("title", markup.title),
    ):
        if text:
            whole = _uncut(text, markup)
            claim(whole, trait)
            _claim_parts(whole, trait, claim)
    for name in ("dc.title", "parsely-title", "sailthru.title", "headline", "hdl"):
        claim(markup.meta(name), "meta_title")
    _compare(markup, _site_names(markup, articles), found)
    return list(found.values())


def _claim_headings(markup: Markup, body_start: int | None, claim: object, told: set[str]) -> None:
    assert callable(claim)
    headings = []
    for i, block in enumerate(markup.blocks):
        if block.tag in ("h1", "h2") or _is_in_h1(markup, block.element):
            headings.append((i, block))
    h1 = [(i, b) for i, b in headings if b.tag != "h2"]
    for order, (i, block) in enumerate(h1[:8]):
        traits = ["h1", "h1_first" if order == 0 else "h1_later"]
        traits += ["h1_only"] if len(h1) == 1 else []
        traits += ["h1_linked"] if block.links > len(block.text) / 2 else []
        words = " ".join(element.words for element in markup.ancestors(block.element, 2))
        traits += ["h1_named"] if "title" in words or "headline" in words else []
        traits += ["h1_elsewhere"] if any(word in words for word in _NO_TITLE) else []
        if body_start is not None:
            traits += ["h1_above_body" if -3 <= body_start - i <= 25 else "h1_far"]
        claim(block.text if fold(block.text) in told else without_labels(markup, i, block.text), *traits)
    for i, block in [(i, b) for i, b in headings if b.tag == "h2"][:30]:
        if body_start is not None and 0 <= body_start - i <= 12:
            words = " ".join(element.words for element in markup.ancestors(block.element, 2))
            claim(block.text, "h2_above_body", *(["h2_named"] if "title" in words or "headline" in words else []))


def _uncut(text: str, markup: Markup) -> str:
    """A title that an attribute's own marks cut short at a quotation mark, as the page prints it elsewhere."""
    wholes = [block.text for block in markup.blocks if block.tag == "h1"][:8]
    follows = (whole for whole in (*wholes, markup.title) if whole[len(text) : len(text) + 1] in _QUOTES)
    return next((whole for whole in follows if whole.startswith(text)), text)


def _is_in_h1(markup: Markup, index: int) -> bool:
    parent = markup.elements[index].parent if index >= 0 else -1
    return parent >= 0 and markup.elements[parent].tag == "h1"


def _claim_parts(text: str, trait: str, claim: object) -> None:
    assert callable(claim)
    cuts = list(_SEPARATOR.finditer(text[:600]))[:8]
    if not cuts:
        return
    claim(text[: cuts[-1].start()], f"{trait}_but_last")
    claim(text[: cuts[0].start()], f"{trait}_first")
    claim(text[cuts[0].end() :], f"{trait}_but_first")
    if len(cuts) > 1:
        claim(text[cuts[0].end() : cuts[-1].start()], f"{trait}_middle")


def _site_names(markup: Markup, articles: list[json_ld.Node]) -> set[str]:
    """What the site calls itself, folded: its name, its publisher's, its domain with and without the ending."""
    address = next((href for rel, href in markup.links if rel == "canonical"), None) or markup.meta("og:url") or ""
    host = address.partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    names = [markup.meta("og:site_name"), host, host.rpartition(".")[0]]
    names += [json_ld.text(node.get("publisher")) for node in articles[:1]]
    names += [markup.meta("application-name", "apple-mobile-web-app-title"), markup.meta("dc.publisher", "publisher")]
    names.append((markup.meta("twitter:site") or "").removeprefix("@"))
    return {fold(name) for name in names if name} - {""}


def _compare(markup: Markup, sites: set[str], found: dict[str, _Candidate]) -> None:
    title = fold(markup.title)
    wholes = [key for key, c in found.items() if c.traits.keys() & {"h1", "og", "json_ld", "title", "twitter"}]
    sources = ("h1", "og", "json_ld", "title", "twitter", "og_but_last", "title_but_last", "title_first", "meta_title")
    for key, candidate in found.items():
        traits = candidate.traits
        words = key.count(" ") + 1
        agreeing = sum(source in traits for source in sources)
        traits["agreeing"] = float(min(agreeing, 4))
        traits["alone"] = float(agreeing <= 1)
        told = [name for name, ways in _SOURCES.items() if any(way in traits for way in ways)]
        traits |= {f"by_{source}": 1.0 for source in told}
        traits["is_site"] = float(key in sites)
        traits["ends_with_site"] = float(key not in sites and any(key.endswith(" " + site) for site in sites))
        traits["in_title"] = float(key in title)
        traits["inside_others"] = float(min(sum(key in other and key != other for other in wholes), 3))
        traits["holds_others"] = float(min(sum(other in key and key != other for other in wholes), 3))
        letters = len(candidate.text)
        traits["tiny"] = float(letters < 12 and candidate.text.isascii())
        traits["short"] = float(12 <= letters < 28 and words < 5)
        traits["long"] = float(letters > 150)


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = orjson.loads(Path(__file__).with_name("title_weights.json").read_bytes())
    return weights
