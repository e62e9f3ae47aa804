"""How sure the body is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def expected_f1(sizes: Sequence[int], chances: npt.NDArray[np.floating], kept: Sequence[bool]) -> float:
    """The body F1, over characters, to expect if the chances are true; one entry a line or block."""
    size, body = np.array(sizes, dtype=np.float64), np.array(kept, dtype=bool)
    likely = size * chances
    both = float(size[body].sum() + likely.sum())
    return 2 * float(likely[body].sum()) / both if both else 0.0
