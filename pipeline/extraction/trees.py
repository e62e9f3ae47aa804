"""Boosted oblivious trees with numpy alone: every tree asks the same questions of every row, so all rows go at once.

Reference:
    Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features" (2018), section on oblivious trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
ROWS_AT_ONCE = 512  # keeps the comparison table under 1 MB; depth is at most 8


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of oblivious trees of equal depth.

    ``columns`` and ``thresholds`` are trees x depth, ``leaves`` trees x 2**depth.
    """

    columns: npt.NDArray[np.intp]
    thresholds: Floats
    leaves: Floats
    bias: float
    names: tuple[str, ...]  # of the columns it was trained on

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads what ``training/extraction/html_blocks.py`` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                stored["columns"].astype(np.intp),
                stored["thresholds"].astype(np.float32),
                stored["leaves"].astype(np.float32),
                float(stored["bias"]),
                tuple(str(name) for name in stored["names"]),
            )

    def probabilities(self, rows: Floats) -> Floats:
        """One probability a row of ``rows`` (rows x columns)."""
        return (1 / (1 + np.exp(-self.log_odds(rows)))).astype(np.float32)

    def log_odds(self, rows: Floats) -> Floats:
        """The same on the scale on which reasons add up."""
        parts = [self._logits(rows[i : i + ROWS_AT_ONCE]) for i in range(0, len(rows), ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _logits(self, rows: Floats) -> Floats:
        trees, depth = self.columns.shape
        leaf = np.zeros((trees, len(rows)), dtype=np.uint8)
        turned = np.ascontiguousarray(rows.T)
        for level in range(depth):
            above = turned[self.columns[:, level]] > self.thresholds[:, level, None]
            leaf |= above.view(np.uint8) << np.uint8(level)
        offsets = np.arange(0, self.leaves.size, self.leaves.shape[1], dtype=np.int32)[:, None]
        return np.asarray(self.leaves.ravel().take(leaf + offsets).sum(axis=0) + self.bias, dtype=np.float32)
