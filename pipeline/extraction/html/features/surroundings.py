"""What can be seen of what a block of text lies in: its elements, their class words, the text that they hold."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.word_pattern import pattern_of

Matrix = npt.NDArray[np.float32]

_TAGS: Final = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "div",
    "span",
    "figcaption",
    "blockquote",
    "section",
    "article",
    "body",
    "pre",
    "dd",
    "dt",
    "th",
)
_TAG_NUMBERS: Final = {tag: i for i, tag in enumerate(_TAGS)}
_ABOVE: Final = (
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "nav",
    "figure",
    "blockquote",
    "ul",
    "ol",
    "table",
    "form",
    "section",
    "address",
    "details",
    "dl",
    "figcaption",
    "h2",
    "h3",
    "p",
    "picture",
    "label",
)
_AROUND: Final = (
    "parent_size", "parent_link_density", "parent_blocks", "parent_paragraph_share", "grand_size", "grand_link_density",
    "grand_paragraph_share", "in_top", "is_top_child", "after_top_start", "before_top_end", "top_share", "from_top",
    "page_blocks", "page_size", "hidden", "parent_same", "next_same_parent", "prev_same_parent",
)  # fmt: skip


def surroundings(markup: Markup) -> Matrix:
    """One row a block of ``markup.blocks``, columns as ``names()`` lists them."""
    blocks, elements = markup.blocks, markup.elements
    count = len(elements)
    tags, own_groups = _marks(markup)
    # The last entry of each list, at -1, is of what lies above the root.
    all_tags, all_groups, near_groups = [0] * (count + 1), [0] * (count + 1), [0] * (count + 1)
    hidden = [False] * (count + 1)
    for i, element in enumerate(elements):
        up = element.parent
        all_tags[i] = all_tags[up] | tags[i]
        all_groups[i] = all_groups[up] | own_groups[i]
        near_groups[i] = own_groups[i] | own_groups[up]
        hidden[i] = hidden[up] or element.hidden
    chars, links, paragraphs, number = [0.0] * (count + 1), [0.0] * (count + 1), [0.0] * (count + 1), [0] * (count + 1)
    score = [0.0] * (count + 1)
    for block in blocks:
        here = block.element
        size = len(block.text)
        chars[here] += size
        links[here] += block.links
        number[here] += 1
        if block.tag in ("p", "div", "li", "section", "article", "td") and size > 60 and block.links < size * 0.3:
            paragraphs[here] += size
            if here >= 0 and not hidden[here]:
                up = elements[here].parent
                worth = (1 + min(size / 100, 3)) * (1.0 if block.tag == "p" else 0.5)
                score[up] += worth
                score[elements[up].parent if up >= 0 else -1] += worth / 2
    for i in range(count - 1, -1, -1):
        up = elements[i].parent
        chars[up] += chars[i]
        links[up] += links[i]
        paragraphs[up] += paragraphs[i]
        number[up] += number[i]
    total = chars[-1] or 1.0
    all_paragraphs = paragraphs[-1] or 1.0
    top = max(range(count), key=score.__getitem__) if count else -1
    inside = _below(markup, top)
    members = [i for i, block in enumerate(blocks) if inside[block.element]]
    first, last = (members[0], members[-1]) if members else (0, 0)
    where = [block.element for block in blocks]
    parents = [elements[here].parent if here >= 0 else -1 for here in where]
    rows = []
    for i, (here, up) in enumerate(zip(where, parents, strict=True)):
        grand = elements[up].parent if up >= 0 else -1
        within = inside[here]
        rows.append(
            (
                chars[up],
                links[up] / (chars[up] or 1),
                number[up],
                paragraphs[up] / all_paragraphs,
                chars[grand],
                links[grand] / (chars[grand] or 1),
                paragraphs[grand] / all_paragraphs,
                within,
                up == top,
                i - first,
                last - i,
                chars[top] / total,
                (elements[here].depth - elements[top].depth) if within and here >= 0 else -9,
                len(blocks),
                total,
                hidden[here],
                chars[here] / total,
                i + 1 < len(parents) and parents[i + 1] == up,
                i > 0 and parents[i - 1] == up,
            )
        )
    return np.concatenate(
        [
            np.array(rows, dtype=np.float32),
            _bits([all_tags[here] for here in where], len(_ABOVE)),
            _bits([all_groups[here] for here in where], len(_groups())),
            _bits([near_groups[here] for here in where], len(_groups())),
            _one_hot([_TAG_NUMBERS.get(block.tag, -1) for block in blocks], len(_TAGS)),
        ],
        axis=1,
    )


def _below(markup: Markup, top: int) -> list[bool]:
    inside = [False] * (len(markup.elements) + 1)
    if top >= 0:
        inside[top] = True
        for i in range(top + 1, len(markup.elements)):
            inside[i] = inside[markup.elements[i].parent]
    return inside


def _bits(masks: list[int], width: int) -> Matrix:
    return ((np.array(masks, dtype=np.int64)[:, None] >> np.arange(width)) & 1).astype(np.float32)


def _one_hot(numbers: list[int], width: int) -> Matrix:
    matches: npt.NDArray[np.bool_] = np.array(numbers)[:, None] == np.arange(width)
    return matches.astype(np.float32)


def _marks(markup: Markup) -> tuple[list[int], list[int]]:
    tag_bits = {tag: 1 << i for i, tag in enumerate(_ABOVE)}
    tags = [tag_bits.get(element.tag, 0) for element in markup.elements]
    return tags, [*(_groups_in(element.words) for element in markup.elements), 0]


@lru_cache(maxsize=50_000)  # the pages of a site call their elements the same
def _groups_in(words: str) -> int:
    pattern, bits = _group_pattern()
    mask = 0
    for found in pattern.findall(words):
        mask |= bits[found]
    return mask


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    split = [line.split() for line in data_lines(__file__, "surroundings.txt")]
    return {group: tuple(words) for group, *words in split}


@cache
def _group_pattern() -> tuple[re.Pattern[str], dict[str, int]]:
    bits: dict[str, int] = {}
    for i, words in enumerate(_groups().values()):
        for word in words:
            bits[word] = bits.get(word, 0) | 1 << i
    longest_first = sorted(bits, key=lambda word: (-len(word), word))
    # a longer word that holds a shorter one speaks for both
    for word in longest_first:
        for other in longest_first:
            if other != word and other in word and len(other) > 4:
                bits[word] |= bits[other]
    return re.compile(pattern_of(longest_first)), bits


@cache
def names() -> tuple[str, ...]:
    """Column names of ``surroundings``."""
    above = (f"above_{tag}" for tag in _ABOVE)
    groups = (f"{where}_{group}" for where in ("all", "near") for group in _groups())
    return (*_AROUND, *above, *groups, *(f"tag_{tag}" for tag in _TAGS))
