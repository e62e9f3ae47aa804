"""``copydesk tail``."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from copydesk.cli.options import Broker


def tail(
    topic: Annotated[str, typer.Argument(help="raw, extracted, deduplicated, enriched, duplicates, deadletter")],
    broker: Broker = None,
    as_json: Annotated[bool, typer.Option("--json", help="The events as they are, one a line")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Start at the oldest event kept")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many")] = None,
) -> None:
    """Follow a topic: a readable line an event, or --json. Ctrl-C ends it."""
    from agents.settings import load
    from copydesk import clients

    settings = load(broker=broker)
    names = {
        found.name.removeprefix(settings.topic_prefix).removeprefix("news."): found.name
        for found in settings.topics.all
    }
    name = names.get(topic, topic)
    if name not in settings.topics.names:
        typer.echo(f"copydesk tail: no topic {topic!r}; there are {', '.join(names)}", err=True)
        raise typer.Exit(2)
    try:
        with contextlib.closing(clients.consumer(settings.broker, name, from_beginning=from_beginning)) as consumer:
            for number, record in enumerate(consumer, 1):
                show(record.value or b"null", as_json)
                if number == limit:
                    break
    except clients.BrokerUnavailable as error:
        typer.echo(f"copydesk tail: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def show(value: bytes, as_json: bool) -> None:
    """Print an event as one line. What a terminal is shown cannot command it; a pipe gets the bytes as they are."""
    from copydesk.lines import line_of, printable

    if not as_json:
        typer.echo(line_of(value))
        return
    whole = value.replace(b"\n", b" ")  # JSON has line ends between its parts only
    typer.echo(printable(whole.decode(errors="replace")) if sys.stdout.isatty() else whole)
