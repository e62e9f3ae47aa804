"""What can be seen of the containers that a block of text lies in: items that repeat, the headline's own box, threads.

What a page has many of (comments, teasers, entries) stands in elements that are alike and beside each other, and is
told by what all of them hold, rather than by the one.

Reference:
    Liu, Grossman and Zhai, "Mining Data Records in Web Pages" (KDD 2003).
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.named_boxes import is_named

Matrix = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]

FEWEST: Final = 3  # elements that are alike, to be items
PROSE: Final = 100  # characters
LINE: Final = 60  # characters
DATED: Final = 80  # characters of a line that says when
FURTHEST: Final = 8  # levels that the name of a thread reaches down
_DIGITS: Final = re.compile(r"\d+")
_WHEN: Final = re.compile(r"\d{1,2}:\d\d|\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}[./]\d\d")
_CUT_SHORT: Final = ("...", "…", ">>", "»", "[…]", "[...]")
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS: Final = ("times", "linked", "cut_short", "prose", "lines")  # of blocks, by which items are told
_BLOCKS, _SIZE, _PROSE, _TOLD = range(4)  # what is summed over an element, before the kinds
_OF_ITEMS: Final = ("items", "size", "blocks", "share", *_KINDS)
NAMES: Final = (
    *(f"{which}_{name}" for which in ("inner", "outer") for name in _OF_ITEMS),
    "title_box", "title_up", "article_has_title", "articles", "headings", "in_thread", "since_told", "parent_told",
)  # fmt: skip


def containers(markup: Markup, titles: npt.NDArray[np.bool_], told: npt.NDArray[np.bool_]) -> Matrix:
    """One row a block of ``markup.blocks``, columns as ``NAMES``.

    Args:
        titles: which blocks are the headline.
        told: which blocks the page's metadata hold as its text.
    """
    blocks, elements = markup.blocks, markup.elements
    where = np.array([block.element for block in blocks])
    held = _held(markup, where, _seen(markup, told))
    total = held[-1, _SIZE]
    group_of, groups = _groups(markup, held)
    threads = {words for words in {element.words for element in elements} if is_named("comment", words)}
    above_title = set(markup.path(where[int(titles.argmax())]) if titles.any() else ())
    inner, outer, box, up, article, thread = ([none] * (len(elements) + 1) for none in (-1, -1, -1, -1, -1, 0))
    for i in np.flatnonzero(held[:-1, _BLOCKS]).tolist():
        element, group = elements[i], group_of.get(i, -1)
        over = element.parent
        inner[i] = group if group >= 0 else inner[over]
        within = outer[over]
        outer[i] = group if within < 0 or (group >= 0 and groups[group][1] > groups[within][1]) else within
        box[i], up[i] = (i, 0) if i in above_title else (box[over], up[over] + 1)
        article[i] = i in above_title if element.tag == "article" else article[over]
        thread[i] = 1 if element.words in threads else thread[over] and (thread[over] + 1) % FURTHEST
    of_groups = np.array([*groups, (0.0,) * len(_OF_ITEMS)], dtype=np.float32)
    here = np.array([inner, outer, box, up, article, thread])[:, where]
    over = np.array([element.parent for element in elements] + [-1])[where]
    in_box, last = here[2] >= 0, int(np.flatnonzero(told)[-1]) if told.any() else -1
    prose = held[over, _PROSE]
    return np.column_stack(
        [
            of_groups[here[0]],
            of_groups[here[1]],
            np.where(in_box, held[here[2], _SIZE] / total, -1),
            np.where(in_box, here[3], -1),
            here[4],
            np.full(len(blocks), sum(element.tag == "article" for element in elements)),
            np.cumsum([block.tag in _HEADINGS for block in blocks]),
            here[5],
            np.arange(len(blocks)) - last if last >= 0 else np.full(len(blocks), -999),
            np.where((last >= 0) & (prose > 0), held[over, _TOLD] / np.maximum(prose, 1), -1),
        ]
    ).astype(np.float32)


def _seen(markup: Markup, told: npt.NDArray[np.bool_]) -> Sums:
    """What is summed, a row a block: 1, its size, its size if it is prose, if it is told as well, its kinds."""
    rows = []
    for block in markup.blocks:
        text, size = block.text, len(block.text)
        prose = size > PROSE and block.links < 0.3 * size
        rows.append(
            (
                1,
                size,
                prose * size,
                prose * size,
                size < DATED and _WHEN.search(text) is not None,
                size > 15 and block.links >= 0.8 * size,
                text.endswith(_CUT_SHORT),
                prose,
                size < LINE and block.links < 0.3 * size,
            )
        )
    seen = np.array(rows, dtype=np.float64)
    seen[:, _TOLD] *= told
    return seen


def _held(markup: Markup, where: npt.NDArray[np.intp], seen: Sums) -> Sums:
    """``seen`` summed over each element and all that is in it; the last row is the whole page."""
    count = len(markup.elements)
    own = np.zeros((count + 1, seen.shape[1]))
    np.add.at(own, where, seen)
    ends = list(range(1, count + 1))  # elements stand in the order in which they open
    for i in range(count - 1, 0, -1):
        parent = markup.elements[i].parent
        if parent >= 0 and ends[parent] < ends[i]:
            ends[parent] = ends[i]
    sums = np.concatenate([np.zeros((1, seen.shape[1])), np.cumsum(own[:-1], axis=0)])
    held = sums[ends] - sums[:-1] if count else own[:0]
    return np.concatenate([held, sums[-1:] + own[-1:]])


def _groups(markup: Markup, held: Sums) -> tuple[dict[int, int], list[tuple[float, ...]]]:
    """Which group of items an element is of, and what is seen of each group, see ``_OF_ITEMS``."""
    alike: dict[tuple[int, str, str], list[int]] = {}
    shapes = {words: _DIGITS.sub("0", words) for words in {element.words for element in markup.elements}}
    for i in np.flatnonzero(held[:-1, _BLOCKS]).tolist():
        element = markup.elements[i]
        alike.setdefault((element.parent, element.tag, shapes[element.words]), []).append(i)
    group_of: dict[int, int] = {}
    groups: list[tuple[float, ...]] = []
    for members in alike.values():
        if len(members) >= FEWEST:
            group_of.update(dict.fromkeys(members, len(groups)))
            of = held[members]
            size = of[:, _SIZE].sum()
            kinds = (of[:, _TOLD + 1 :] > 0).mean(axis=0)
            count = len(members)
            groups.append((count, size / count, of[:, _BLOCKS].sum() / count, size / held[-1, _SIZE], *kinds))
    return group_of, groups
