"""Labelled texts: sentences of ../shared/data/ner joined to documents, as an article is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[3] / "shared" / "data" / "ner"


class Mention(NamedTuple):
    """An entity in a text; character offsets, end exclusive."""

    start: int
    end: int
    label: str


class Labelled(NamedTuple):
    """A text and its entities, in order."""

    text: str
    mentions: list[Mention]


def documents(name: str, size: int) -> Iterator[Labelled]:
    """The sentences of a file, ``size`` at a time, two a paragraph."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for first in range(0, len(rows), size):
        text, mentions = "", []
        for number, row in enumerate(rows[first : first + size]):
            text += ("\n\n" if number % 2 == 0 else " ") if text else ""
            mentions += [Mention(start + len(text), end + len(text), label) for start, end, label, *_ in row["ents"]]
            text += row["text"]
        yield Labelled(text, sorted(mentions))
