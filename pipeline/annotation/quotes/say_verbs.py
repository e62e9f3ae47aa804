"""Verbs that report speech."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.data_lines import data_lines


@cache
def say_verbs() -> frozenset[str]:
    """The words in ``say_verbs.txt``, case folded."""
    return frozenset(" ".join(data_lines(__file__, "say_verbs.txt")).split())
