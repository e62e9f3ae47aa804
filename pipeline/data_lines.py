"""Reads the data files that lie beside the code: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from pathlib import Path


def data_lines(module: str, name: str) -> list[str]:
    """The entries of the file ``name`` beside ``module`` (its ``__file__``): no comments, no empty lines."""
    lines = Path(module).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
