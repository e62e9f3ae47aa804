"""Trains ``pipeline/extraction/data/dump_lines.npz``, which tells the body's lines in a text dump.

usage: python -m training.dump_lines GOLD_DIRECTORY [--folds N]

GOLD_DIRECTORY holds {dumps,news80-dumps,wcxb-dumps}.dev.jsonl.gz. Only numbers about lines are learned, no
text ships. With --folds it writes nothing but prints body scores of N-fold cross-validation by registrable domain,
so that no site is both trained on and scored. Needs catboost.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from tld import get_fld

from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.dump import best_run, label
from pipeline.extraction.dump_lines import features, names
from training.block_labels import labels
from training.html_blocks import TREES, precision_and_recall, save
from training.manifest import record

OUTPUT = Path("pipeline/extraction/data/dump_lines.npz")
WEIGHTS = {"dumps": 1.0, "news80-dumps": 1.0, "wcxb-dumps": 0.3}  # guides and blogs have other customs than news


@dataclass
class GoldDump:
    """The lines of a dump with their features, the share of each that is body, and how much each counts."""

    domain: str
    dataset: str
    texts: list[str]
    rows: np.ndarray
    share: np.ndarray
    weight: np.ndarray
    gold: str


def read_gold(directory: Path) -> Iterator[GoldDump]:
    """Every dump whose body is known."""
    for name, weight in WEIGHTS.items():
        with gzip.open(directory / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in rows:
                page = json.loads(row)
                texts = [line for line in map(clean_text, page["text"].splitlines()) if line]
                if texts and page["gold"].get("text"):
                    yield _gold_dump(page, texts, name, weight)


def _gold_dump(page: dict[str, Any], texts: list[str], dataset: str, weight: float) -> GoldDump:
    lines = label(texts)
    rows = features(lines, [line.worth for line in lines], best_run(lines))
    share = np.array(labels(texts, clean_text(page["gold"]["text"])), dtype=np.float32)
    worth = np.sqrt(np.minimum([len(text) for text in texts], 1500)) / 7 + 0.15
    domain = get_fld(page["url"] or "", fail_silently=True) or page["id"]
    return GoldDump(domain, dataset, texts, rows, share, worth * (20 * weight / worth.sum()), page["gold"]["text"])


def fit(dumps: list[GoldDump]) -> CatBoostClassifier:
    """The classifier for ``dumps``."""
    rows, share, weight = (np.concatenate([getattr(d, part) for d in dumps]) for part in ("rows", "share", "weight"))
    return CatBoostClassifier(**TREES).fit(rows, share, sample_weight=weight)


def cross_validate(dumps: list[GoldDump], folds: int) -> None:
    """Prints shingle F1 (of mean precision and recall) by data set and threshold.

    Each dump is scored by a model that saw none of its domain.
    """
    scores: dict[tuple[str, float], list[tuple[float, float]]] = {}
    for fold in range(folds):
        held = [zlib.crc32(dump.domain.encode()) % folds == fold for dump in dumps]
        model = fit([dump for dump, out in zip(dumps, held, strict=True) if not out])
        for dump in (dump for dump, out in zip(dumps, held, strict=True) if out):
            chance = model.predict_proba(dump.rows)[:, 1]
            for threshold in (0.4, 0.5, 0.6):
                body = " ".join(text for text, p in zip(dump.texts, chance, strict=True) if p >= threshold)
                scores.setdefault((dump.dataset, threshold), []).append(precision_and_recall(dump.gold, body))
    for (dataset, threshold), values in sorted(scores.items()):
        precision, recall = np.mean(values, axis=0)
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"{dataset:14} threshold {threshold}  dumps {len(values):4}  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}"
        )


def main() -> None:
    """Trains, or cross-validates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    dumps = list(read_gold(arguments.directory))
    if arguments.folds:
        cross_validate(dumps, arguments.folds)
        return
    save(fit(dumps), OUTPUT)
    with np.load(OUTPUT) as arrays:
        stored = dict(arrays)
    np.savez_compressed(OUTPUT, **{**stored, "names": np.array(names())})
    record(__file__, OUTPUT.resolve())


if __name__ == "__main__":
    main()
