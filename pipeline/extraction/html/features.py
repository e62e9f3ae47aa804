"""What can be seen of a block of text: itself, what it lies in, what lies beside it. One row of numbers a block."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.extraction.html.markup import Markup
from pipeline.extraction.html.witnesses import Witnesses

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
_SENTENCE_END: Final = frozenset('.!?…。！？"”’“»」』):।؟۔')
_COMMAS: Final = (",", ";", "、", "،", "，")
_STOPS: Final = (". ", "? ", "! ", ".”", '."', ".“", "。", "！", "？", "।", "۔")
_TIME: Final = re.compile(r"\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b")
_DIGIT: Final = re.compile(r"\d")
_DIGITS: Final = re.compile(r"\d+")
_UPPER: Final = re.compile("[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞŁŃŇŌŐŘŚŞŠŪŮŰŹŻŽА-Я]")
_OPENING_QUOTES: Final = frozenset("\"“„«»'‘「『")
_TALL: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NEIGHBOURS: Final = (-2, -1, 1, 2)


_BESIDE_NAMES: Final = (
    "size", "link_density", "strong_density", "signature_mean", "signature_share", "ends_sentence", "stops",
    "in_article_body", "in_description", "in_title", "signature_count",
)  # fmt: skip


def features(markup: Markup, witnesses: Witnesses) -> Matrix:
    """One row a block of ``markup.blocks``, columns as ``names()`` lists them."""
    own = _own(markup, witnesses)
    around = _around(markup)
    base = np.concatenate([own, around], axis=1)
    told = base[:, _beside()]
    beside = [_shifted(told, step) for step in NEIGHBOURS]
    return np.concatenate([base, *beside], axis=1, dtype=np.float32)


def _shifted(columns: Matrix, step: int) -> Matrix:
    moved = np.full_like(columns, -1.0)
    if abs(step) < len(columns):
        if step > 0:
            moved[:-step] = columns[step:]
        else:
            moved[-step:] = columns[:step]
    return moved


_COUNTED: Final = (
    "size", "link_density", "strong_density", "all_strong", "comma_rate", "position", "chars_before", "since_title",
    "signature_mean", "signature_share",
)  # fmt: skip
_TOLD_NAMES: Final = (
    "anchors", "breaks", "in_title", "same_text", "same_but_numbers", "signature_count", "signature_chars", "depth",
    "first_of_text", "ends_sentence", "stops", "commas", "digit_rate", "upper_rate", "quote", "time", "colon_end",
    "bar", "in_article_body", "in_description", "word_mean", "starts_lower", "has_mail_or_url",
)  # fmt: skip
_NOT_READ: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, -1)
_TOLD: Final = {name: i for i, name in enumerate(_TOLD_NAMES)}


def _own(markup: Markup, witnesses: Witnesses) -> Matrix:
    blocks, elements = markup.blocks, markup.elements
    texts = [block.text for block in blocks]
    count = len(blocks)
    scale = 2.2 if _tall(texts) else 1.0
    alike = Counter(texts)
    shapes = [_DIGITS.sub("0", text) if len(text) < 40 else text for text in texts]
    alike_but_numbers = Counter(shapes)
    signatures = [_signature(markup, block.element, block.tag) for block in blocks]
    number, chars = Counter(signatures), Counter[object]()
    for signature, text in zip(signatures, texts, strict=True):
        chars[signature] += len(text)
    is_title = [witnesses.is_title(text) for text in texts]
    title_at = is_title.index(True) if True in is_title else None
    met: set[str] = set()
    openings, opening_groups = _openings(), _opening_groups()
    rows: list[tuple[float, ...]] = []
    for i, block in enumerate(blocks):
        text = block.text
        signature = signatures[i]
        known = (
            block.anchors,
            block.breaks,
            is_title[i],
            alike[text],
            alike_but_numbers[shapes[i]],
            number[signature],
            chars[signature],
            elements[block.element].depth if block.element >= 0 else 0,
            text not in met,
        )
        met.add(text)
        if block.links >= len(text) - 1:
            rows.append(known + _NOT_READ)  # nothing but a link: its wording matters little, and most blocks are such
            continue
        head = text[:100]
        opening = openings.match(text[:24].lower())
        squeezed = "".join(text[:250].split()) if len(text) > 12 else ""
        rows.append(
            (
                *known,
                text[-1] in _SENTENCE_END,
                sum(map(text.count, _STOPS)),
                sum(map(text.count, _COMMAS)),
                len(_DIGIT.findall(head)) / len(head),
                len(_UPPER.findall(head)) / len(head),
                text[0] in _OPENING_QUOTES,
                _TIME.search(head) is not None,
                text[-1] in ":：",
                "|" in head,
                witnesses.in_body(squeezed),
                witnesses.in_description(squeezed),
                len(head) / (head.count(" ") + 1),
                head[0].islower(),
                "@" in head or "http" in head or "www." in head,
                opening_groups[opening.lastgroup or ""] if opening else -1,
            )
        )
    told = np.array(rows, dtype=np.float32)
    size = np.array([len(text) for text in texts], dtype=np.float32)
    links = np.array([block.links for block in blocks], dtype=np.float32)
    strong = np.array([block.strong for block in blocks], dtype=np.float32)
    total = size.sum()
    order = np.arange(count, dtype=np.float32)
    chars_of, number_of = told[:, _TOLD["signature_chars"]], told[:, _TOLD["signature_count"]]
    counted = (
        size * scale,
        links / size,
        strong / size,
        strong >= size - 2,
        told[:, _TOLD["commas"]] / size,
        order / count,
        (np.cumsum(size) - size) / total,
        order - title_at if title_at is not None else np.full(count, -999),
        chars_of / number_of * scale,
        chars_of / total,
    )
    opened = told[:, -1:] == np.arange(len(opening_groups))
    return np.concatenate([np.stack(counted, axis=1), told[:, :-1], opened], axis=1, dtype=np.float32)


def _tall(texts: list[str]) -> bool:
    sample = "".join(texts)[:20_000:7]
    return len(_TALL.findall(sample)) > len(sample) * 0.15


def _signature(markup: Markup, element: int, tag: str) -> object:
    if element < 0:
        return tag
    here = markup.elements[element]
    above = markup.elements[here.parent] if here.parent >= 0 else here
    return (tag, here.words, above.tag, above.words)


_AROUND: Final = (
    "parent_size", "parent_link_density", "parent_blocks", "parent_paragraph_share", "grand_size", "grand_link_density",
    "grand_paragraph_share", "in_top", "is_top_child", "after_top_start", "before_top_end", "top_share", "from_top",
    "page_blocks", "page_size", "hidden", "parent_same", "next_same_parent", "prev_same_parent",
)  # fmt: skip


def _around(markup: Markup) -> Matrix:
    blocks, elements = markup.blocks, markup.elements
    count = len(elements)
    tags, own_groups = _marks(markup)
    all_tags, all_groups, near_groups, hidden = [0] * count, [0] * count, [0] * count, [False] * count
    for i, element in enumerate(elements):
        up = element.parent
        if up < 0:
            all_tags[i], all_groups[i], near_groups[i], hidden[i] = (
                tags[i],
                own_groups[i],
                own_groups[i],
                element.hidden,
            )
        else:
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
    rows = []
    for i, block in enumerate(blocks):
        here = block.element
        up = elements[here].parent if here >= 0 else -1
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
                hidden[here] if here >= 0 else False,
                chars[here] / total,
                i + 1 < len(blocks) and _parent(markup, i + 1) == up,
                i > 0 and _parent(markup, i - 1) == up,
            )
        )
    where = [block.element for block in blocks]
    return np.concatenate(
        [
            np.array(rows, dtype=np.float32),
            _bits([all_tags[e] if e >= 0 else 0 for e in where], len(_ABOVE)),
            _bits([all_groups[e] if e >= 0 else 0 for e in where], len(_groups())),
            _bits([near_groups[e] if e >= 0 else 0 for e in where], len(_groups())),
            _one_hot([_TAG_NUMBERS.get(block.tag, -1) for block in blocks], len(_TAGS)),
        ],
        axis=1,
    )


def _inline_groups(own: list[int], inline: tuple[int, ...]) -> int:
    found = 0
    for index in inline[:20]:
        found |= own[index]
    return found


def _parent(markup: Markup, block: int) -> int:
    here = markup.blocks[block].element
    return markup.elements[here].parent if here >= 0 else -1


def _below(markup: Markup, top: int) -> list[bool]:
    inside = [False] * (len(markup.elements) + 1)
    if top >= 0:
        inside[top] = True
        for i in range(top + 1, len(markup.elements)):
            inside[i] = markup.elements[i].parent >= 0 and inside[markup.elements[i].parent]
    return inside


def _bits(masks: list[int], width: int) -> Matrix:
    return ((np.array(masks, dtype=np.int64)[:, None] >> np.arange(width)) & 1).astype(np.float32)


def _one_hot(numbers: list[int], width: int) -> Matrix:
    matches: npt.NDArray[np.bool_] = np.array(numbers)[:, None] == np.arange(width)
    return matches.astype(np.float32)


def _marks(markup: Markup) -> tuple[list[int], list[int]]:
    tag_bits = {tag: 1 << i for i, tag in enumerate(_ABOVE)}
    pattern, bits = _group_pattern()
    known: dict[str, int] = {"": 0}
    tags, groups = [], []
    for element in markup.elements:
        tags.append(tag_bits.get(element.tag, 0))
        words = element.words
        mask = known.get(words)
        if mask is None:
            mask = 0
            for found in pattern.findall(words):
                mask |= bits[found]
            known[words] = mask
        groups.append(mask)
    return tags, groups


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    lines = files("pipeline.extraction.html").joinpath("surroundings.txt").read_text("utf-8").splitlines()
    split = [line.split() for line in lines if line and not line.startswith("#")]
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
    return re.compile(_trie(longest_first)), bits


def _trie(words: list[str]) -> str:
    """A pattern for ``words`` that shares their beginnings, several times faster than a plain alternation."""
    by_head: dict[str, list[str]] = {}
    for word in words:
        by_head.setdefault(word[:1], []).append(word[1:])
    ends = "" in by_head
    branches = [re.escape(head) + _trie(tails) for head, tails in by_head.items() if head]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{pattern})?" if ends else pattern


@cache
def _opening_lines() -> dict[str, tuple[str, ...]]:
    lines = files("pipeline.extraction.html").joinpath("openings.txt").read_text("utf-8").splitlines()
    table: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            group, _, opening = line.partition("\t")
            table[group] = (*table.get(group, ()), opening)
    return table


@cache
def _opening_groups() -> dict[str, int]:
    return {group: i for i, group in enumerate(_opening_lines())}


@cache
def _openings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{g}>{_trie(list(o))})" for g, o in _opening_lines().items()))


@cache
def names() -> tuple[str, ...]:
    """Column names of ``features``."""
    base = [
        *_COUNTED,
        *_TOLD_NAMES,
        *(f"opens_{g}" for g in _opening_groups()),
        *_AROUND,
        *(f"above_{t}" for t in _ABOVE),
    ]
    base += [f"{where}_{g}" for where in ("all", "near") for g in _groups()] + [f"tag_{t}" for t in _TAGS]
    return (*base, *(f"{base[c]}@{step:+d}" for step in NEIGHBOURS for c in _beside()))


@cache
def _beside() -> list[int]:
    columns = (*_COUNTED, *_TOLD_NAMES)
    return [columns.index(name) for name in _BESIDE_NAMES]
