"""The body of a page: which blocks are the article, which are captions, and why the rest was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from copydesk.pipeline.extraction.characters.charset import repair_mojibake
from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html.boxes import boxes
from copydesk.pipeline.extraction.html.features.features import features, names
from copydesk.pipeline.extraction.html.live.entries import blocks_of, find_entries
from copydesk.pipeline.extraction.html.live.keeping import keep_whole
from copydesk.pipeline.extraction.html.markup import Block, Markup
from copydesk.pipeline.extraction.html.standfirst import find_standfirst
from copydesk.pipeline.extraction.html.witnesses import Witnesses
from copydesk.pipeline.extraction.names.biography import is_biography
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.trees import Floats, Trees
from copydesk.schemas import Removed

BODY: Final = "body"
STANDFIRST: Final = "standfirst"
TEXT: Final = frozenset({STANDFIRST, BODY})  # what the article's text is made of
CAPTION: Final = "caption"
LINK: Final = "link"  # mostly links
FRAGMENT: Final = "fragment"  # too short to be worth reporting
THRESHOLD: Final = 0.6  # best mean F1 of cross-validation by site (training/extraction/html_blocks.py --folds 5)
MAX_REMOVED: Final = 200
LONGEST_DATE: Final = 60  # characters
REPEATED: Final = 60  # characters; shorter lines may well be said twice
SHORTEST_WITNESS: Final = 800  # characters of an articleBody that may be the whole article, not its teaser
COMPLETE: Final = 0.85  # share of articleBody; with its white space the blocks come to a little over 1
SHORTEST_CUT: Final = 25  # characters; shorter pieces are buttons and labels, of no interest to anyone
LAST: Final = 3  # blocks of the body that may tell who wrote it
SET_APART: Final = 0.8  # of the characters, in italics or bold
_CAPTION_TAGS: Final = ("figcaption", "figure")
_CAPTION_WORDS: Final = ("caption", "bildunterschrift", "legend", "photo-credit", "image-credit")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's paragraphs in page order, captions, and what was cut.

    ``labels`` and ``chances`` hold one entry a block of the page: what it was taken for, and how likely it is body.
    ``entries`` are the blocks of a live blog's entries. ``standfirst`` is one of the paragraphs.
    """

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    removed: tuple[Removed, ...]
    labels: tuple[str, ...]
    chances: Floats
    entries: frozenset[int] = frozenset()
    standfirst: str | None = None

    @property
    def opening(self) -> int | None:
        """Index of the first block of the text: of its standfirst, if that stands first."""
        return next((i for i, label in enumerate(self.labels) if label in TEXT), None)

    @property
    def span(self) -> tuple[int, int] | None:
        """Indices of the first and the last block of the body, without its standfirst."""
        if BODY not in self.labels:
            return None
        return self.labels.index(BODY), len(self.labels) - 1 - self.labels[::-1].index(BODY)


def read_body(markup: Markup, witnesses: Witnesses) -> Body:
    """The body of the page; no paragraphs when no block looks like an article's."""
    if not markup.blocks:
        return Body((), (), (), (), np.zeros(0, dtype=np.float32))
    rows = features(markup, witnesses)
    chances = block_trees().probabilities(rows)
    entries = find_entries(markup, witnesses)
    labels = keep_whole(markup, witnesses, entries, _labels(markup, witnesses, rows, chances), BODY)
    apart = find_standfirst(markup, witnesses, labels, BODY, blocks_of(entries))
    if apart is not None:
        labels[apart] = STANDFIRST
    shown: dict[str, list[str]] = {BODY: [], CAPTION: []}
    removed: list[Removed] = []
    standfirst = None
    for i, block in enumerate(markup.blocks):
        if labels[i] in (LINK, FRAGMENT) or not (text := clean_text(repair_mojibake(block.text))):
            continue
        if labels[i] == BODY and set(shown[BODY]) <= {standfirst} and _is_date_line(text):
            labels[i] = "time"
        label = labels[i]
        if label == STANDFIRST:
            standfirst = text
        if label in TEXT:
            shown[BODY].append(text)
        elif label == CAPTION:
            shown[CAPTION].append(text)
        elif len(removed) < MAX_REMOVED:
            removed.append(Removed(kind=label, text=text))
    read = Body(tuple(shown[BODY]), tuple(shown[CAPTION]), tuple(removed), tuple(labels), chances)
    return replace(read, entries=blocks_of(entries), standfirst=standfirst)


def without_biographies(body: Body, markup: Markup, names: Sequence[str]) -> Body:
    """``body`` without the lines at its end that tell who its authors are."""
    if not names:
        return body
    labels, paragraphs, removed = list(body.labels), list(body.paragraphs), list(body.removed)
    last = [i for i, label in enumerate(labels) if label == BODY][-LAST:]
    for i in reversed(last):
        block = markup.blocks[i]
        if len(paragraphs) < 2 or not is_biography(
            paragraphs[-1], names, set_apart=block.strong >= SET_APART * len(block.text)
        ):
            break
        labels[i] = "biography"
        removed.append(Removed(kind="biography", text=paragraphs.pop()))
    return replace(body, labels=tuple(labels), paragraphs=tuple(paragraphs), removed=tuple(removed))


def _is_date_line(text: str) -> bool:
    """Whether a first paragraph only says when: no article opens so."""
    return len(text) < LONGEST_DATE and not text.endswith((".", "!", "?")) and read_time(text) is not None


def _labels(markup: Markup, witnesses: Witnesses, rows: Floats, chances: Floats) -> list[str]:
    labels = []
    met: set[str] = set()
    for i, block in enumerate(markup.blocks):
        size = len(block.text)
        if chances[i] >= THRESHOLD:
            # Pages print some paragraphs once more for phones.
            labels.append("repeated" if size >= REPEATED and block.text in met else BODY)
            met.add(block.text)
        elif block.links >= size * 0.5:
            labels.append(LINK)
        else:
            labels.append(_why(markup, block, rows[i]) if size >= SHORTEST_CUT else FRAGMENT)
    titles = np.flatnonzero(rows[:, _columns()["in_title"]] > 0).tolist()
    for i, kind in boxes(markup, labels, BODY, chances, titles).items():
        labels[i] = kind
    end = _end(markup, witnesses, rows, labels)
    return [label if i <= end or label != BODY else "after-the-end" for i, label in enumerate(labels)]


def _end(markup: Markup, witnesses: Witnesses, rows: Floats, labels: list[str]) -> int:
    """Index of the block at which articleBody ends, if the body holds nearly all of it: comments may follow."""
    column = _columns()["in_article_body"]
    kept = [i for i, label in enumerate(labels) if label == BODY]
    told = [i for i in kept if rows[i][column] > 0]
    sizes = {i: len(markup.blocks[i].text) for i in kept}
    witnessed = len(witnesses.body)
    if not told or witnessed < max(SHORTEST_WITNESS, sum(sizes.values()) * 0.35):
        return len(labels)
    return told[-1] if sum(sizes[i] for i in told) >= COMPLETE * witnessed else len(labels)


def _why(markup: Markup, block: Block, row: Floats) -> str:
    """Why a block was cut, in one word."""
    for element in markup.ancestors(block.element)[:4]:
        if element.tag in _CAPTION_TAGS or any(word in element.words for word in _CAPTION_WORDS):
            return CAPTION
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
def block_trees() -> Trees:
    """The classifier of blocks."""
    trees = Trees.load(Path(__file__).with_name("blocks.npz"))
    if trees.names != names():
        raise RuntimeError(
            "blocks.npz was trained on other features: run python -m training.extraction.html_blocks GOLD_DIRECTORY"
        )
    return trees
