"""Prints what the models of text dumps are worth on sites they have not seen.

usage: python -m training.extraction.text_scores GOLD_DIRECTORY [--folds N] [--ablate]

N-fold cross-validation by registrable domain, so that no site is both trained on and scored; with --ablate, what the
body's scores are without each witness. See ``training.extraction.text_lines``.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.pipeline.extraction.text import authors, reading
from copydesk.pipeline.extraction.text.explain import groups
from copydesk.pipeline.extraction.time.timestamps import read_time
from training.extraction.ablation import ablate, without
from training.extraction.body_score import precision_and_recall
from training.extraction.dumps import Dump, days, read_gold
from training.extraction.fold_title import fold_title
from training.extraction.html_blocks import TREES
from training.extraction.text_lines import byline_rows, chances, each, fit_trees, see_lines, spans_of, time_rows, train


def cross_validate(dumps: list[Dump], folds: int) -> None:
    """Prints the scores of each data set; each dump is read by models that saw none of its domain."""
    scores: dict[tuple[str, str], list[Any]] = {}

    def note(dump: Dump, measure: str, value: Any) -> None:
        scores.setdefault((dump.dataset, measure), []).append(value)

    for fold in range(folds):
        held = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds == fold and dump.whole]
        models = train([dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds != fold], held)
        for dump in held:
            if dump.gold_text:
                labels = reading.body_labels(dump.texts, dump.lines, dump.chance)
                kept = " ".join(text for text, label in zip(dump.texts, labels, strict=True) if label == "body")
                note(dump, "body", precision_and_recall(dump.gold_text, kept))
            if dump.gold.get("title"):
                note(dump, "title", fold_title(dump.texts[dump.headline]) == fold_title(dump.gold["title"]))
            if wanted := days(dump.gold.get("date_published")):
                lines = time_rows(dump)
                chance = chances(models.time, dump.table[lines])
                best = read_time(dump.texts[lines[chance.argmax()]]) if len(lines) else None
                note(dump, "day", best is not None and best.when.date() in wanted)
            if wanted := set(map(fold_title, dump.gold.get("authors") or ())):
                lines = byline_rows(dump)
                found, table = spans_of(dump, lines, chances(models.byline, dump.table[lines]))
                chance = chances(models.author, table)
                names = {fold_title(part.name) for part in authors.choose(found, chance)}
                note(dump, "authors", 2 * len(wanted & names) / (len(wanted) + len(names)))
        print(f"fold {fold + 1} of {folds}", flush=True)
    for (dataset, measure), values in sorted(scores.items()):
        if measure.startswith("body"):
            precision, recall = np.mean(values, axis=0)
            f1 = 2 * precision * recall / (precision + recall)
            print(f"{dataset:14} {measure:22} {len(values):4}  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")
        else:
            print(f"{dataset:14} {measure:22} {len(values):4}  {np.mean(values):.4f}")


def without_each(dumps: list[Dump], folds: int) -> None:
    """Prints what the body scores without each witness."""

    def split() -> Iterator[tuple[list[Dump], list[Dump]]]:
        for fold in range(folds):
            seen = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds != fold]
            held = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds == fold and dump.whole]
            see_lines(seen, held)
            yield seen, held

    def fit(seen: Sequence[Dump], unseen: Sequence[int]) -> Any:
        tables, share, weight = each(seen, "lines", "share", "weight")
        return fit_trees([without(table, unseen) for table in tables], share, weight, TREES)

    ablate(groups(), split(), fit, lambda dump: dump.lines, reading.BODY)


def main() -> None:
    """Cross-validates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--ablate", action="store_true", help="leave out each witness in turn")
    arguments = parser.parse_args()
    (without_each if arguments.ablate else cross_validate)(list(read_gold(arguments.directory)), arguments.folds)


if __name__ == "__main__":
    main()
