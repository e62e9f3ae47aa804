"""Gold text dumps: what is known of each line, and what the models trained so far make of it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from tld import get_fld

from copydesk.pipeline.extraction.characters.clean_text import clean_text
from copydesk.pipeline.extraction.html import people, times
from copydesk.pipeline.extraction.html.body import read_body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.headline.titles import choose_title
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.witnesses import witnesses
from copydesk.pipeline.extraction.text import reading, roles
from copydesk.pipeline.extraction.text.characters import Characters
from copydesk.pipeline.extraction.text.lines import split_lines
from training.extraction.block_labels import labels, snippet_label
from training.extraction.fold_title import fold_title

# Guides and blogs have other customs than news; snippets label few lines but of many sites.
WEIGHTS = {"dumps": 1.0, "news80-dumps": 1.0, "wcxb-dumps": 0.3, "segments-dumps": 0.4}
STRANGE = range(30, 150)  # characters of a line that may stand on top of another page
CROPPED = 0.4  # weight of a cropped dump, to that of the whole
FAR = datetime(2027, 1, 1, tzinfo=UTC)  # for pages that do not say when they were fetched


@dataclass
class Dump:
    """A dump, what is known of it, and what the models trained so far make of it."""

    name: str
    dataset: str
    domain: str
    url: str | None
    texts: list[str]
    characters: Characters
    gold_text: str | None
    share: np.ndarray  # of each line, that is body; -1: unknown
    weight: np.ndarray
    title: str | None
    day: frozenset[date]
    authors: frozenset[str]
    gold: dict[str, Any]  # what is scored
    whole: bool = True
    lines: np.ndarray = field(default_factory=lambda: np.empty(0))
    chance: np.ndarray = field(default_factory=lambda: np.empty(0))
    span: tuple[int, int] = (0, 0)
    table: np.ndarray = field(default_factory=lambda: np.empty(0))
    headline: int = 0

    @property
    def frame(self) -> roles.Frame:
        """Where headline and body stand."""
        return roles.Frame(self.headline, *self.span)


def read_gold(directory: Path) -> Iterator[Dump]:
    """Every dump of which anything is known, and of those with a body two cropped ones."""
    strange = [""]
    for dataset, weight in WEIGHTS.items():
        taught = dict(_taught(directory, dataset.removesuffix("dumps").strip("-") or "pages"))
        with gzip.open(directory / f"{dataset}.dev.jsonl.gz", "rt", encoding="utf-8") as rows:
            for page in map(json.loads, rows):
                texts = [line.text[: reading.SEEN] for line in split_lines(page["text"])]
                if texts and len(texts) < 5_000:
                    yield (whole := _dump(page, dataset, weight, texts, taught.get(page["id"], {})))
                    if whole.gold_text and (whole.share > 0.5).any():
                        yield from (_cropped(whole, strange, way) for way in "ab")
                        cut = [text for text, share in zip(texts, whole.share, strict=True) if not share]
                        strange = [text for text in cut if len(text) in STRANGE] or strange


def _taught(directory: Path, dataset: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the markup of each page tells."""
    with gzip.open(directory / f"{dataset}.dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for page in map(json.loads, rows):
            markup = read_markup(page["html"])
            nodes = json_ld.nodes(markup.json_ld)
            span = read_body(markup, witnesses(markup, nodes)).span
            imprint = times.imprint(markup, page["url"], FAR)
            published = times.published(markup, nodes, page["url"], imprint, span)
            yield (
                page["id"],
                {
                    "title": choose_title(markup, nodes, span[0] if span else None).text,
                    "authors": people.authors(markup, nodes, span),
                    "date_published": published.when.isoformat() if published else None,
                },
            )


def _dump(page: dict[str, Any], dataset: str, weight: float, texts: list[str], taught: dict[str, Any]) -> Dump:
    gold = page["gold"]
    if gold.get("text"):
        share = np.array(labels(texts, clean_text(gold["text"])), dtype=np.float32)
    else:
        share = np.array([snippet_label(text, gold) for text in texts], dtype=np.float32)
    worth = np.sqrt(np.minimum([len(text) for text in texts], 1500)) / 7 + 0.15
    worth = np.where(share < 0, 0, worth)
    if gold.get("text"):
        worth = worth * (20 / worth.sum())  # every page weighs the same
    known = {key: gold.get(key) or taught.get(key) for key in ("title", "authors", "date_published")}
    return Dump(
        name=page["id"],
        dataset=dataset,
        domain=get_fld(page["url"] or "", fail_silently=True) or page["id"],
        url=page["url"],
        texts=texts,
        characters=Characters.of(texts),
        gold_text=gold.get("text"),
        share=share,
        weight=worth * weight,
        title=fold_title(known["title"]) if known["title"] else None,
        day=days(known["date_published"]),
        authors=frozenset(map(fold_title, known["authors"] or ())),
        gold=gold,
    )


def _cropped(whole: Dump, strange: list[str], way: str) -> Dump:
    """A dump of which a feeder has cut away most of what is not the article, and lost the address.

    On top of two of three stands a line of ``strange`` that has nothing to do with it, as reader comments do.
    """
    body = np.flatnonzero(whole.share > 0.5)
    chance = zlib.crc32(f"{whole.name} {way}".encode())
    titles = [i for i in range(body[0]) if whole.title and fold_title(whole.texts[i]) == whole.title]
    first = titles[-1] if titles and body[0] - titles[-1] < 30 else body[0]
    start, end = max(0, first - chance % 7), body[-1] + 1 + chance // 7 % 9
    above = [strange[chance % len(strange)]] if chance % 3 and strange[0] else []
    at = first if way == "b" else start  # right above the headline, or on top
    texts = [*whole.texts[start:at], *above, *whole.texts[at:end]]
    share, weight = (np.insert(part[start:end], [at - start] * len(above), 0.0) for part in (whole.share, whole.weight))
    weight[at - start : at - start + len(above)] = weight.mean()
    return replace(
        whole,
        name=f"{whole.name} cropped {way}",
        whole=False,
        url=None,
        texts=texts,
        characters=Characters.of(texts),
        share=share.astype(np.float32),
        weight=weight * (CROPPED * whole.weight.sum() / weight.sum()),
    )


def days(moment: str | None) -> frozenset[date]:
    """The calendar day, in the page's own zone and in UTC."""
    try:
        when = datetime.fromisoformat((moment or "").replace("Z", "+00:00"))
    except ValueError:
        return frozenset()
    return frozenset({when.date(), (when.astimezone(UTC) if when.tzinfo else when).date()})
