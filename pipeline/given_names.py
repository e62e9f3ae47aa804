"""Given names of many countries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Case folded, in the scripts that English newswire prints; made by ``training/given_names.py``."""
    lines = files("pipeline").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
