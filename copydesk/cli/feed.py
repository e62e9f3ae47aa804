"""``copydesk feed``."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from copydesk.cli.options import Broker, there

if TYPE_CHECKING:
    from copydesk.feeding import Tally

T = TypeVar("T")


class Lane(StrEnum):
    """Which raw topic pages are sent to."""

    live = "live"
    backfill = "backfill"


def feed(
    files: Annotated[
        list[Path],
        typer.Argument(help="JSON Lines (.jsonl, .gz, - for stdin), .html, .txt, or folders", callback=there),
    ],
    broker: Broker = None,
    lane: Annotated[Lane, typer.Option(help="live, or backfill: archives, which must not delay live news")] = Lane.live,
    rate: Annotated[float | None, typer.Option(min=0.001, help="Pages a second at most")] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Send lines as they are, right or wrong, and without a key")
    ] = False,
) -> None:
    """Send pages to Kafka. Rows are RawArticles (`copydesk schema raw-article`) or {id, url, html | text, fetched_at?}.

    A row that is neither is refused here, with its file, line and what was expected; the others go on. Exits 0 if
    anything was sent and nothing failed, refused rows or not; 1 if every row was refused; 2 if the broker or a file
    failed.
    """
    from agents.settings import SettingsError, load
    from copydesk import clients, feeding
    from copydesk.records import rows

    tally = feeding.Tally()
    found = paced(chain.from_iterable(map(rows, files)), rate)
    try:
        settings = load(broker=broker)
        with contextlib.closing(clients.producer(settings.broker)) as producer:
            for _ in counted(feeding.feed(found, producer, settings.topics, lane.value, tally, checked=not unchecked)):
                pass
    except (OSError, SettingsError, clients.BrokerUnavailable, feeding.SendError) as error:
        summarise(tally)
        typer.echo(f"copydesk feed: {error}", err=True)
        raise typer.Exit(2) from None
    summarise(tally)
    raise typer.Exit(0 if tally.sent else 1)


def summarise(tally: Tally) -> None:
    """Say what was sent, and what was refused for which reasons."""
    from copydesk.lines import printable

    for example in tally.examples:
        typer.echo(printable(f"refused {example}"), err=True)
    if tally.refused > len(tally.examples):
        typer.echo(f"refused {tally.refused - len(tally.examples)} more", err=True)
    typer.echo(f"sent {tally.sent}, refused {tally.refused}")
    for reason, count in tally.reasons.most_common():
        typer.echo(printable(f"  {count} × {reason}"))


def counted(items: Iterable[T]) -> Iterator[T]:
    """``items``, counted on stderr while they pass, if that is a terminal."""
    columns = (SpinnerColumn(), TextColumn("pages"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        yield from progress.track(items)


def paced(items: Iterable[T], rate: float | None) -> Iterator[T]:
    """``items``, no more than ``rate`` a second."""
    began = time.monotonic()
    for number, item in enumerate(items):
        if rate is not None:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield item
