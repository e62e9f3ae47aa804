"""The words by which the rules tell names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_groups() -> dict[str, frozenset[str]]:
    """The groups of ``data/names.txt``, case folded."""
    lines = files("pipeline.annotation").joinpath("data/names.txt").read_text(encoding="utf-8").splitlines()
    table = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {group: frozenset(words.split()) for group, words in table}
