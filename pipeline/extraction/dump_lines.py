"""What can be seen of a line of a dump, itself and its neighbours, and how likely it is body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np

from pipeline.extraction.headline import Labelled
from pipeline.extraction.html.trees import Floats, Trees

KINDS: Final = (
    "byline",
    "time",
    "caption",
    "share",
    "related",
    "comment",
    "navigation",
    "footer",
    "rights",
    "repeated",
)
OWN: Final = (
    *(
        "length",
        "words",
        "worth",
        "ended",
        "end_mark",
        "commas",
        "stops",
        "quotes",
        "digits",
        "capitals",
        "lower_start",
    ),
    *("marks", "unspaced", "times_seen", "common_words", *KINDS),
)
SHIFTED: Final = ("length", "worth", "ended", "capitals", "common_words", "kind")
SHIFTS: Final = (-4, -3, -2, -1, 1, 2, 3, 4)
WIDE: Final = (3, 8, 20)  # lines to each side over which worth is averaged
PLACE: Final = ("number", "from_end", "share_above", "in_run", "below_run_start", "above_run_end", "lines")

_WORD: Final = re.compile(r"\w+")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SEEN: Final = 2_000  # characters of a line that are looked at


def names() -> tuple[str, ...]:
    """What the columns of ``features`` are, in order."""
    shifted = [f"{name}{shift:+d}" for shift in SHIFTS for name in SHIFTED]
    wide = [f"{side}{lines}" for lines in WIDE for side in ("before", "after")]
    return (*OWN, *shifted, *wide, *PLACE)


def features(lines: Sequence[Labelled], worth: Sequence[float], run: tuple[int, int]) -> Floats:
    """One row a line; ``worth`` says how much each reads like prose, ``run`` the lines that together do most."""
    count = len(lines)
    own = np.array(_own_rows(lines, worth), dtype=np.float32)
    kind = own[:, -len(KINDS) :] @ np.arange(1, len(KINDS) + 1, dtype=np.float32)
    sources = np.column_stack([own[:, [OWN.index(name) for name in SHIFTED[:-1]]], kind])
    edge = np.full((4, sources.shape[1]), -9, dtype=np.float32)
    padded = np.vstack([edge, sources, edge])
    shifted = [padded[4 + shift : 4 + shift + count] for shift in SHIFTS]
    return np.column_stack([own, *shifted, *_wide(np.array(worth)), *_place(own[:, 0], run)]).astype(np.float32)


def chances(lines: Sequence[Labelled], worth: Sequence[float], run: tuple[int, int]) -> Floats:
    """How likely each line is body, 0 to 1."""
    return _trees().probabilities(features(lines, worth, run))


def _own_rows(lines: Sequence[Labelled], worth: Sequence[float]) -> list[list[float]]:
    split = [_WORD.findall(line.text[:_SEEN]) for line in lines]
    used = Counter(word for words in split for word in {word.casefold() for word in words})
    seen = Counter(line.text for line in lines)
    return [
        _own(line, words, value, seen[line.text], used) for line, words, value in zip(lines, split, worth, strict=True)
    ]


def _own(line: Labelled, words: list[str], worth: float, seen: int, used: Counter[str]) -> list[float]:
    text, size = line.text[:_SEEN], max(1, len(words))
    last = line.text[-1]
    return [
        np.log1p(len(line.text)),
        np.log1p(len(words)),
        worth,
        float(last in ".!?。！？…।۔"),
        float(".!?:,;\"”»)'…".find(last)),
        min(text.count(",") + text.count("、") + text.count("，"), 10),
        min(sum(map(text.count, (". ", "? ", "! ", "。"))), 10),
        min(sum(map(text.count, '"“”„«»「」')), 6),
        sum(map(str.isdigit, text)) / len(text),
        sum(word[0].isupper() for word in words) / size,
        float(text[0].islower()),
        sum(map(text.count, "|/@#›>•©→")) / len(text),
        float(bool(_UNSPACED.search(text[:200]))),
        min(seen, 5),
        sum(used[word.casefold()] > 3 for word in words) / size,  # of, and, the: whatever the language
        *(float(line.label == kind) for kind in KINDS),
    ]


def _wide(worth: Floats) -> list[Floats]:
    total = np.concatenate([[0.0], np.cumsum(worth)])
    number = np.arange(len(worth))
    sums = []
    for lines in WIDE:
        sums += [total[number] - total[np.maximum(number - lines, 0)]]
        sums += [total[np.minimum(number + 1 + lines, len(worth))] - total[number + 1]]
    return sums


def _place(length: Floats, run: tuple[int, int]) -> list[Floats]:
    number = np.arange(len(length))
    start, end = run
    characters = np.expm1(length)
    above = (np.cumsum(characters) - characters) / characters.sum()
    inside = (number >= start) & (number < end)
    below, before = np.clip(number - start, -30, 60), np.clip(end - number, -30, 60)
    return [
        np.minimum(number, 200),
        np.minimum(len(length) - number, 200),
        above,
        inside,
        below,
        before,
        np.full(len(length), min(len(length), 500)),
    ]


@cache
def _trees() -> Trees:
    with as_file(files("pipeline.extraction").joinpath("data/dump_lines.npz")) as path:
        trees = Trees.load(path)
    if trees.names != names():
        raise RuntimeError(
            "dump_lines.npz was trained on other features: run python -m training.dump_lines GOLD_DIRECTORY"
        )
    return trees
