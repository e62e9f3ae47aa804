"""The body of a page: which blocks are the article, which are captions, and why the rest was cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np

from pipeline.extraction.charset import repair_mojibake
from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.html.features import features, names
from pipeline.extraction.html.markup import Block, Markup
from pipeline.extraction.html.trees import Floats, Trees
from pipeline.extraction.html.witnesses import Witnesses
from schemas import Removed

THRESHOLD: Final = 0.6  # best mean F1 of cross-validation by site (training/html_blocks.py --folds 5)
MAX_REMOVED: Final = 200
REPEATED: Final = 60  # characters; shorter lines may well be said twice
SHORTEST_WITNESS: Final = 800  # characters of an articleBody that may be the whole article, not its teaser
COMPLETE: Final = 0.85  # share of articleBody; with its white space the blocks come to a little over 1
SHORTEST_CUT: Final = 25  # characters; shorter pieces are buttons and labels, of no interest to anyone
_CAPTION_TAGS: Final = ("figcaption", "figure")
_CAPTION_WORDS: Final = ("caption", "bildunterschrift", "legend", "photo-credit", "image-credit")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's paragraphs in page order, captions, and what was cut; ``chances`` is one probability a block."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    removed: tuple[Removed, ...]
    chances: Floats
    first: int | None  # indices of the first and the last block kept
    last: int | None


def read_body(markup: Markup, witnesses: Witnesses) -> Body:
    """The body of the page; no paragraphs when no block looks like an article's."""
    if not markup.blocks:
        return Body((), (), (), np.zeros(0, dtype=np.float32), None, None)
    rows = features(markup, witnesses)
    chances = _trees().probabilities(rows)
    kept = [i for i, chance in enumerate(chances) if chance >= THRESHOLD]
    kept = _up_to_its_end(markup, witnesses, rows, _once(markup, kept))
    first, last = (kept[0], kept[-1]) if kept else (None, None)
    paragraphs: list[str] = []
    captions: list[str] = []
    removed: list[Removed] = []
    inside = set(kept)
    for i, block in enumerate(markup.blocks):
        if i in inside:
            paragraphs.append(clean_text(repair_mojibake(block.text)))
        elif block.links < len(block.text) * 0.5 and len(block.text) >= SHORTEST_CUT:
            text = clean_text(repair_mojibake(block.text))
            kind = _why(markup, block, rows[i])
            if kind == "caption":
                captions.append(text)
            elif text and len(removed) < MAX_REMOVED:
                removed.append(Removed(kind=kind, text=text))
    return Body(
        tuple(p for p in paragraphs if p), tuple(c for c in captions if c), tuple(removed), chances, first, last
    )


def _once(markup: Markup, kept: list[int]) -> list[int]:
    """``kept`` without long blocks that were there before: pages print some paragraphs once more for phones."""
    met: set[str] = set()
    unique = []
    for i in kept:
        text = markup.blocks[i].text
        if len(text) < REPEATED or text not in met:
            unique.append(i)
        met.add(text)
    return unique


def _up_to_its_end(markup: Markup, witnesses: Witnesses, rows: Floats, kept: list[int]) -> list[int]:
    """``kept`` cut where articleBody ends, if it holds nearly all of that: the rest is comments or another story."""
    column = _columns()["in_article_body"]
    told = [i for i in kept if rows[i][column] > 0]
    whole = sum(len(markup.blocks[i].text) for i in kept)
    if not told or len(witnesses.body) < max(SHORTEST_WITNESS, whole * 0.35):
        return kept
    if sum(len(markup.blocks[i].text) for i in told) < COMPLETE * len(witnesses.body):
        return kept
    return [i for i in kept if i <= told[-1]]


def _why(markup: Markup, block: Block, row: Floats) -> str:
    """Why a block was cut, in one word."""
    for element in markup.ancestors(block.element)[:4]:
        if element.tag in _CAPTION_TAGS or any(word in element.words for word in _CAPTION_WORDS):
            return "caption"
    columns = _columns()
    for kind, flags in _REASONS:
        if any(row[columns[flag]] > 0 for flag in flags):
            return kind
    return "chrome"


# The first that holds names the reason. Columns of ``features``.
_REASONS: Final = (
    ("comment", ("all_comment", "opens_comment")),
    ("consent", ("all_consent", "opens_cookie")),
    ("headline", ("in_title",)),
    ("subscribe", ("near_subscribe", "opens_subscribe")),
    ("advertisement", ("opens_ad",)),
    ("byline", ("near_author", "opens_byline")),
    ("share", ("near_share", "opens_share")),
    ("rights", ("opens_rights",)),
    ("footer", ("above_footer", "all_foot")),
    ("navigation", ("above_nav", "near_nav")),
    ("related", ("near_related", "opens_promo", "all_related")),
    ("tags", ("near_tag", "opens_tags")),
    ("sidebar", ("above_aside", "all_side")),
    ("note", ("near_note", "opens_note")),
)


@cache
def _columns() -> dict[str, int]:
    return {name: i for i, name in enumerate(names())}


@cache
def _trees() -> Trees:
    with as_file(files("pipeline.extraction.html").joinpath("blocks.npz")) as path:
        trees = Trees.load(path)
    if trees.names != names():
        raise RuntimeError(
            "blocks.npz was trained on other features: run python -m training.html_blocks GOLD_DIRECTORY"
        )
    return trees
