"""What speaks for and against a line or block being body: each group of features, taken away from the trees.

The trees are asked again with a group's columns at the page's median, as if it told nothing; what the log-odds lose is
what the group is worth here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from copydesk.pipeline.extraction.trees import Floats, Trees

LEAST: Final = 0.15  # log-odds; less is no reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line or block: what it was taken for, how likely it is body (0 to 1), and why."""

    label: str
    chance: float
    text: str
    where: str = ""  # the element it stands in
    reasons: tuple[tuple[str, float], ...] = ()  # groups of features with the log-odds each adds, weightiest first


def columns_of(witnesses: Sequence[tuple[str, Sequence[str]]], names: Sequence[str]) -> dict[str, list[int]]:
    """The columns that each witness is made of.

    Args:
        witnesses: names, with how the names of their columns begin or end; the first that fits takes a column.
        names: of all columns, in their order.
    """
    found: dict[str, list[int]] = {witness: [] for witness, _ in witnesses}
    for column, name in enumerate(names):
        fits = (w for w, parts in witnesses if any(name.startswith(p) or (p and name.endswith(p)) for p in parts))
        found[next(fits)].append(column)
    return found


def worth(trees: Trees, rows: Floats, groups: Mapping[str, Sequence[int]]) -> tuple[tuple[tuple[str, float], ...], ...]:
    """For each row the groups of columns that move it, with the log-odds each adds."""
    if not len(rows):
        return ()
    whole = trees.log_odds(rows)
    median = np.median(rows, axis=0)
    moved = {}
    for name, columns in groups.items():
        blind = rows.copy()
        blind[:, columns] = median[columns]
        moved[name] = whole - trees.log_odds(blind)
    return tuple(_weightiest({name: float(values[row]) for name, values in moved.items()}) for row in range(len(rows)))


def _weightiest(moved: dict[str, float]) -> tuple[tuple[str, float], ...]:
    told = [(name, round(value, 1)) for name, value in moved.items() if abs(value) >= LEAST]
    return tuple(sorted(told, key=lambda pair: -abs(pair[1])))
