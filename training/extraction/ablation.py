"""What each witness is worth: body scores of models that do without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from training.extraction.body_score import precision_and_recall

Scores = dict[tuple[str, str], list[tuple[float, float]]]


def without(table: np.ndarray, columns: Sequence[int]) -> np.ndarray:
    """``table`` with ``columns`` telling nothing."""
    blind = table.copy()
    blind[:, columns] = 0
    return blind


def ablate(
    groups: Mapping[str, Sequence[int]],
    folds: Iterable[tuple[Sequence[Any], Sequence[Any]]],
    fit: Callable[[Sequence[Any], Sequence[int]], Any],
    rows: Callable[[Any], np.ndarray],
    threshold: float,
) -> None:
    """Prints body F1 by data set with all witnesses, and without each.

    Args:
        groups: columns of each witness.
        folds: (trained on, read) by domain; each page has ``texts``, ``gold_text`` and ``dataset``.
        fit: makes a model of pages whose named columns tell nothing.
    """
    scores: Scores = defaultdict(list)
    for seen, held in folds:
        for witness, columns in {"": [], **groups}.items():
            model = fit(seen, columns)
            for page in held:
                if page.gold_text:
                    chance = model.predict_proba(without(rows(page), columns))[:, 1]
                    body = " ".join(text for text, p in zip(page.texts, chance, strict=True) if p >= threshold)
                    scores[page.dataset, witness].append(precision_and_recall(page.gold_text, body))
    datasets = sorted({dataset for dataset, _ in scores})
    print("| without | " + " | ".join(datasets) + " |\n|---|" + "---|" * len(datasets))
    for witness in ("", *groups):
        print(f"| {witness or '(nothing left out)'} | " + " | ".join(_f1(scores[d, witness]) for d in datasets) + " |")


def _f1(values: list[tuple[float, float]]) -> str:
    precision, recall = np.mean(values, axis=0)
    return f"{2 * precision * recall / (precision + recall):.4f}"
