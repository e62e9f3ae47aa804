"""``copydesk schema``."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer


class RecordName(StrEnum):
    """A record of the contract."""

    raw_article = "raw-article"
    article = "article"
    dead_letter = "dead-letter"


def schema(
    name: Annotated[RecordName, typer.Argument(help="Which record")] = RecordName.article,
) -> None:
    """Print a record's JSON Schema (2020-12): what you may feed, or what you will receive."""
    from schemas.json_schema import render

    sys.stdout.buffer.write(render(name.value))
