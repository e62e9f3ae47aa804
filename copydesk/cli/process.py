"""``copydesk process``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from copydesk.cli.options import there

STAGES_HELP = "extract,dedupe,annotate, or a part of it; rows that hold `text` may enter at dedupe or annotate"


def process(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT",
            help="JSON Lines (.jsonl, .gz, - for stdin), .html, .txt, or a folder",
            callback=there,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="JSON Lines; .gz is compressed; - is stdout")] = Path("-"),
    stages: Annotated[str, typer.Option(help=STAGES_HELP)] = "extract,dedupe,annotate",
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to annotate with, by name or path")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes [default: one a core]")] = None,
) -> None:
    """Run the stages over a file, without a broker: one JSON line in, one JSON line out, in the same order.

    Rows are RawArticles, or {id, url, html | text, fetched_at?}. A row's own id comes back as raw.id; a row that fails
    becomes {"raw": {…}, "error": {"type", "message"}} in its place. Exits 0 unless the input cannot be read.
    """
    from copydesk.agents.carrying.pool import process_pool
    from copydesk.agents.settings import load
    from copydesk.feeding.rows import rows
    from copydesk.feeds.wild.packed import opened
    from copydesk.processing import STAGES, process

    chosen = tuple(stage for stage in STAGES if stage in stages.split(","))
    if set(stages.split(",")) - set(STAGES) or not chosen:
        raise failed(f"--stages is {stages!r}; it is made of {', '.join(STAGES)}")
    if str(source) != "-" and out.exists() and out.samefile(source):
        raise failed(f"{out} is the input; write to another file")
    try:
        settings = load(model=model, processes=workers)
        with (
            process_pool(settings.processes, settings.process_memory, *warming(chosen, settings.model)) as pool,
            opened(out, "wb") as sink,
        ):
            for line in counted(process(rows(source), chosen, pool, settings, datetime.now(UTC))):
                sink.write(line + b"\n")
    except BrokenPipeError:
        raise  # the reader of our output, say `head`, has had enough: typer ends us in silence
    except OSError as error:
        raise failed(str(error)) from None


def warming(stages: tuple[str, ...], model: str | None) -> tuple[Any, ...]:
    """What a pool process runs before its first row: with annotation it loads the language model."""
    if "annotate" not in stages:
        return (bool,)
    from copydesk.agents.carrying.work import warm
    from copydesk.pipeline import annotation

    if model is not None:
        try:
            annotation.load(model)  # here first: it may be missing, and a pool process could not tell
        except annotation.ModelNotFound as error:
            raise failed(str(error)) from None
    return warm, model


def failed(why: str) -> typer.Exit:
    """The end of a command that could not do its work, said on stderr."""
    typer.echo(f"copydesk process: {why}", err=True)
    return typer.Exit(2)


def counted(lines: Iterator[bytes]) -> Iterator[bytes]:
    """``lines``, counted on stderr while they pass, if that is a terminal."""
    columns = (SpinnerColumn(), TextColumn("rows"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        yield from progress.track(lines)
