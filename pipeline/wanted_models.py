"""Which spaCy pipelines are wanted, and whether they are there: told without loading spaCy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

SHIPPED: Final = "copydesk_en"
RULES_ALONE: Final = "copydesk_names"
OURS: Final = (SHIPPED, RULES_ALONE)


class ModelNotFound(Exception):
    """The spaCy pipeline that was asked for is not installed; the message says how to get it."""

    def __init__(self, name: str) -> None:
        """Names the pipeline."""
        super().__init__(
            f"spaCy pipeline {name!r} is not installed: `python -m spacy download {name}`, or give a folder"
        )


def entries(wanted: str | None) -> Iterator[tuple[str, str]]:
    """Language ("" where the pipeline knows best) and name of each in ``en_core_web_lg,uk=xx_ent_wiki_sm``."""
    for entry in filter(None, map(str.strip, (wanted or "").split(","))):
        language, _, name = entry.rpartition("=")
        yield language, name


def check(wanted: str | None) -> None:
    """Raise ModelNotFound for one that is neither ours, nor an installed package, nor a folder."""
    for _, name in entries(wanted):
        if name not in OURS and not Path(name).exists() and not (name.isidentifier() and find_spec(name)):
            raise ModelNotFound(name)
