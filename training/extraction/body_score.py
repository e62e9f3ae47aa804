"""How much of a body is right, as the article-extraction-benchmark counts it."""

from __future__ import annotations

import re
from collections import Counter


def precision_and_recall(gold: str, body: str) -> tuple[float, float]:
    """Over 4-word shingles of one page."""
    wanted, found = _shingles(gold), _shingles(body)
    right = (wanted & found).total()
    return right / (found.total() or 1), right / (wanted.total() or 1)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))
