"""``copydesk trace``."""

from __future__ import annotations

from typing import Annotated

import typer

from copydesk.cli.options import Broker


def trace(
    story: Annotated[str, typer.Argument(help="URL, article id, or raw message as topic/partition/offset")],
    broker: Broker = None,
) -> None:
    """Where a story went: what each stage made of it, and why. Exits 1 if no topic holds anything of it."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import tracing

    settings = load(broker=broker)
    try:
        steps = tracing.trace(settings.broker, settings.topics, story)
    except clients.BrokerUnavailable as error:
        typer.echo(f"copydesk trace: {error}", err=True)
        raise typer.Exit(2) from None
    for step in steps:
        typer.echo(tracing.line(step))
    if not steps:
        typer.echo(f"copydesk trace: nothing of {story!r} is on any topic (any more)", err=True)
        raise typer.Exit(1)
