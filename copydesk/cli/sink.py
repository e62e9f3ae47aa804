"""``copydesk sink``."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import Annotated

import typer

from copydesk.cli.options import Broker


def sink(
    kind: Annotated[str, typer.Argument(help="parquet, duckdb, postgres, opensearch, webhook, warc")],
    target: Annotated[str, typer.Argument(help="a folder, file or address, by kind; see docs/subscribing.md")],
    topic: Annotated[str | None, typer.Option(help="What is kept [default: enriched; raw for warc]")] = None,
    broker: Broker = None,
    where: Annotated[str | None, typer.Option(help="Filter, see docs/subscribing.md")] = None,
    group: Annotated[str | None, typer.Option(help="Consumer group [default: copydesk-sink-KIND]")] = None,
    batch: Annotated[int, typer.Option(min=1, help="Events written at once, at most")] = 500,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a batch may wait to be full")] = 5.0,
    history: Annotated[Path | None, typer.Option(help="Of a webhook: a file for each attempt, as JSON Lines")] = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing more has come for a batch's time")] = False,
) -> None:
    """Keep a topic's events in a store, from where the group left off, until Ctrl-C. Start several to share the work.

    A batch is committed when the store has it: after a stop some events come again, and change nothing.
    """
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.extra import MissingExtra
    from copydesk.sinks import SINKS, SinkError, opened
    from copydesk.sinks.sinking import sink as moved
    from copydesk.subscribing.filters import FilterError, matching
    from copydesk.subscribing.subscription import topic_named

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("copydesk").setLevel(logging.INFO)
    if kind not in SINKS:
        raise typer.BadParameter(f"{kind!r}; there are {', '.join(SINKS)}")
    if history and kind != "webhook":
        raise typer.BadParameter("--history is for a webhook")
    total = 0
    try:
        settings = load(broker=broker)
        test = matching(where) if where else None
        name = topic_named(topic or ("raw" if kind == "warc" else "enriched"), settings.topics)
        with (
            contextlib.closing(opened(kind, target, **({"history": history} if history else {}))) as into,
            contextlib.closing(
                clients.consumer(settings.broker, name, group=group or f"copydesk-sink-{kind}")
            ) as consumer,
        ):
            for read, kept in moved(consumer, into, batch=batch, seconds=seconds, test=test):
                total += kept
                if once and not read and consumer.assignment():
                    break
    except KeyboardInterrupt:
        pass
    except (clients.BrokerUnavailable, FilterError, MissingExtra, OSError, SinkError, ValueError) as error:
        typer.echo(f"{total} kept", err=True)
        typer.echo(f"copydesk sink: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{total} kept", err=True)
