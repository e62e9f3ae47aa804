"""The words by which the rules tell names."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.data_lines import data_lines


@cache
def word_groups() -> dict[str, frozenset[str]]:
    """The groups of ``names.txt``, case folded."""
    table = (line.split("\t") for line in data_lines(__file__, "names.txt"))
    return {group: frozenset(words.split()) for group, words in table}
