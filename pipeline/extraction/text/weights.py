"""What was learned about lines: read once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from copydesk.pipeline.extraction.text import authors, features, roles
from copydesk.pipeline.extraction.text.features import Floats
from copydesk.pipeline.extraction.trees import Trees

TASKS: Final = ("body", "headline", "time", "byline", "author")
_COLUMNS: Final = {
    "body": features.NAMES,
    "headline": roles.NAMES,
    "time": roles.NAMES,
    "byline": roles.NAMES,
    "author": authors.NAMES,
}
_ARRAYS: Final = ("columns", "thresholds", "leaves", "bias")


@dataclass(frozen=True, slots=True)
class Weights:
    """The worth of words, and the trees for each of ``TASKS``."""

    lexicon: Floats
    trees: dict[str, Trees]

    def save(self, path: Path) -> None:
        """Writes them as plain arrays."""
        told = {f"{task}_{array}": getattr(trees, array) for task, trees in self.trees.items() for array in _ARRAYS}
        small = {"columns": np.uint16, "thresholds": np.float32, "leaves": np.float32, "bias": np.float32}
        stored = {name: np.asarray(value, dtype=small[name.rpartition("_")[2]]) for name, value in told.items()}
        names = {f"{task}_names": np.array(columns) for task, columns in _COLUMNS.items()}
        arrays = {"lexicon": self.lexicon.astype(np.float16), **stored, **names}
        np.savez_compressed(path, allow_pickle=False, **arrays)


@cache
def weights() -> Weights:
    """Those that ship.

    Raises:
        RuntimeError: they were trained on other features than these.
    """
    with np.load(Path(__file__).with_name("weights.npz"), allow_pickle=False) as stored:
        trees = {}
        for task in TASKS:
            if tuple(stored[f"{task}_names"].tolist()) != _COLUMNS[task]:
                raise RuntimeError(
                    "weights.npz was trained on other features: run python -m training.extraction.text_lines"
                )
            columns, thresholds, leaves, bias = (stored[f"{task}_{array}"] for array in _ARRAYS)
            trees[task] = Trees(columns.astype(np.intp), thresholds, leaves, float(bias), _COLUMNS[task])
        return Weights(stored["lexicon"].astype(np.float32), trees)
