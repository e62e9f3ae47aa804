"""``copydesk feed``."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from copydesk.cli.options import Broker

T = TypeVar("T")


class Lane(StrEnum):
    """Which raw topic pages are sent to."""

    live = "live"
    backfill = "backfill"


def feed(
    files: Annotated[list[Path], typer.Argument(help="JSON Lines (.jsonl, .gz, - for stdin), .html, .txt, or folders")],
    broker: Broker = None,
    lane: Annotated[Lane, typer.Option(help="live, or backfill: archives, which must not delay live news")] = Lane.live,
    rate: Annotated[float | None, typer.Option(min=0.001, help="Pages a second at most")] = None,
) -> None:
    """Send pages to Kafka. Rows are RawArticles (`copydesk schema raw-article`) or {id, url, html | text, fetched_at?}.

    A row that is neither is refused here, with its file, line and what was expected; the others go on. Exits 0 if
    anything was sent and nothing failed, refused rows or not.
    """
    from agents.settings import load
    from copydesk import clients, feeding
    from copydesk.records import rows

    settings, console, tally = load(broker=broker), Console(stderr=True), feeding.Tally()
    found = paced(chain.from_iterable(map(rows, files)), rate)
    columns = (SpinnerColumn(), TextColumn("pages"), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with (
            contextlib.closing(clients.producer(settings.broker)) as producer,
            Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress,
        ):
            sending = feeding.feed(found, producer, settings.topics, lane.value, tally)
            for _ in progress.track(sending):
                pass
    except (OSError, clients.BrokerUnavailable, feeding.SendError) as error:
        typer.echo(f"copydesk feed: {error}", err=True)
        raise typer.Exit(2) from None
    for example in tally.examples:
        typer.echo(f"refused {example}", err=True)
    typer.echo(f"sent {tally.sent}, refused {sum(tally.refused.values())}")
    for reason, count in tally.refused.most_common():
        typer.echo(f"  {count} × {reason}")
    raise typer.Exit(0 if tally.sent else 1)


def paced(items: Iterable[T], rate: float | None) -> Iterator[T]:
    """``items``, no more than ``rate`` a second."""
    began = time.monotonic()
    for number, item in enumerate(items):
        if rate is not None:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield item
