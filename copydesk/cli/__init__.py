"""The ``copydesk`` command: one module a command, imported light; what is heavy is imported when it runs."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from copydesk.cli import (
    dead_letters,
    demo,
    doctor,
    explain,
    feed,
    process,
    schema,
    serve,
    sink,
    tail,
    topics,
    trace,
    worker,
)


class Commands(TyperGroup):
    """The commands, each of which a wrong setting ends with status 2 and a line that names it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        try:
            return super().invoke(ctx)
        except ValueError as error:
            from copydesk.agents.settings import SettingsError

            if not isinstance(error, SettingsError):
                raise
            typer.echo(f"copydesk {ctx.invoked_subcommand}: {error}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    name="copydesk",
    cls=Commands,
    help="An event-stream pipeline for news: raw crawler output in; clean, de-duplicated, enriched articles out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (
    demo.demo,
    worker.worker,
    feed.feed,
    tail.tail,
    trace.trace,
    dead_letters.replay,
    serve.serve,
    sink.sink,
    process.process,
    explain.explain,
    schema.schema,
    doctor.doctor,
    worker.settings,
):
    app.command()(command)
app.command("dead-letters")(dead_letters.dead_letters)
app.add_typer(topics.app, name="topics")
