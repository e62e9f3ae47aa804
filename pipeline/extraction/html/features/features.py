"""What can be seen of a block of text: itself, what it lies in, what lies beside it. One row of numbers a block."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.html.features import containers, surroundings
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.html.witnesses import Witnesses
from copydesk.pipeline.extraction.word_pattern import pattern_of

Matrix = npt.NDArray[np.float32]

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
    titles, told = (own[:, _OWN.index(name)] > 0 for name in ("in_title", "in_article_body"))
    around = (surroundings.surroundings(markup), containers.containers(markup, titles, told))
    base = np.concatenate([own, *around], axis=1)
    shown = base[:, _beside()]
    beside = [_shifted(shown, step) for step in NEIGHBOURS]
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
_OWN: Final = (*_COUNTED, *_TOLD_NAMES)  # the first columns


def _own(markup: Markup, witnesses: Witnesses) -> Matrix:
    blocks, elements = markup.blocks, markup.elements
    texts = [block.text for block in blocks]
    count = len(blocks)
    scale = 2.2 if _tall(texts) else 1.0
    alike = Counter(texts)
    shapes = [_DIGITS.sub("0", text) if len(text) < 40 else text for text in texts]
    alike_but_numbers = Counter(shapes)
    by_signature: dict[object, list[int]] = {}  # number and characters of the blocks that have it
    totals = [by_signature.setdefault(_signature(markup, block.element, block.tag), [0, 0]) for block in blocks]
    for total_of, text in zip(totals, texts, strict=True):
        total_of[0] += 1
        total_of[1] += len(text)
    is_title = [witnesses.is_title(text) for text in texts]
    title_at = is_title.index(True) if True in is_title else None
    met: set[str] = set()
    openings, opening_groups = _openings(), _opening_groups()
    rows: list[tuple[float, ...]] = []
    for i, block in enumerate(blocks):
        text = block.text
        known = (
            block.anchors,
            block.breaks,
            is_title[i],
            alike[text],
            alike_but_numbers[shapes[i]],
            *totals[i],
            elements[block.element].depth if block.element >= 0 else 0,
            text not in met,
        )
        met.add(text)
        if block.links >= len(text) - 1:
            rows.append(known + _NOT_READ)  # nothing but a link: its wording matters little, and most blocks are such
            continue
        head = text[:100]
        digits = len(_DIGIT.findall(head))
        opening = openings.match(text[:24].lower())
        squeezed = text[:250].replace(" ", "") if len(text) > 12 else ""
        rows.append(
            (
                *known,
                text[-1] in _SENTENCE_END,
                sum(map(text.count, _STOPS)),
                sum(map(text.count, _COMMAS)),
                digits / len(head),
                len(_UPPER.findall(head)) / len(head),
                text[0] in _OPENING_QUOTES,
                digits > 2 and _TIME.search(head) is not None,
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


@cache
def _opening_lines() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in data_lines(__file__, "openings.txt"):
        group, _, opening = line.partition("\t")
        table[group] = (*table.get(group, ()), opening)
    return table


@cache
def _opening_groups() -> dict[str, int]:
    return {group: i for i, group in enumerate(_opening_lines())}


@cache
def _openings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{g}>{pattern_of(list(o))})" for g, o in _opening_lines().items()))


@cache
def names() -> tuple[str, ...]:
    """Column names of ``features``."""
    opens = (f"opens_{group}" for group in _opening_groups())
    base = (*_OWN, *opens, *surroundings.names(), *containers.NAMES)
    return (*base, *(f"{base[c]}@{step:+d}" for step in NEIGHBOURS for c in _beside()))


@cache
def _beside() -> list[int]:
    return [_OWN.index(name) for name in _BESIDE_NAMES]
