"""Given names of many countries."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.data_lines import data_lines


@cache
def given_names() -> frozenset[str]:
    """Case folded, in the scripts that English newswire prints; made by ``training/annotation/given_names.py``."""
    return frozenset(data_lines(__file__, "given_names.txt"))
