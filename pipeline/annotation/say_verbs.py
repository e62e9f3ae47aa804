"""Verbs that report speech."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def say_verbs() -> frozenset[str]:
    """The words in ``data/say_verbs.txt``, case folded."""
    lines = files("pipeline.annotation").joinpath("data/say_verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
