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
    register: Annotated[
        str | None, typer.Option(help="Register all topics' schemas with the schema registry at this address instead")
    ] = None,
) -> None:
    """Print a record's JSON Schema (2020-12): what you may feed, or what you will receive."""
    from copydesk.schemas.json_schema import render

    if register is None:
        sys.stdout.buffer.write(render(name.value))
        return
    from copydesk.agents.settings import load
    from copydesk.operating.registry import register as registered
    from copydesk.sinks import SinkError

    try:
        for subject, number in registered(register, load().topics):
            typer.echo(f"{subject} is schema {number}")
    except SinkError as error:
        typer.echo(f"copydesk schema: {error}", err=True)
        raise typer.Exit(2) from None
