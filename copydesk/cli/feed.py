"""``copydesk feed``."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from copydesk.cli.options import Broker, there
from copydesk.feeding.pace import paced

if TYPE_CHECKING:
    from copydesk.feeding.feeder import Tally
    from copydesk.feeds import Format
    from copydesk.feeds.row import Row

T = TypeVar("T")

SAVED_EVERY = 5.0  # seconds between checkpoints


class Lane(StrEnum):
    """Which raw topic pages are sent to."""

    live = "live"
    backfill = "backfill"


def feed(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="JSON Lines (.jsonl, .gz, - for stdin), .json, .warc(.gz), .rss/.atom/.xml, .html, .txt, or folders",
            callback=there,
        ),
    ] = None,
    broker: Broker = None,
    lane: Annotated[Lane, typer.Option(help="live, or backfill: archives, which must not delay live news")] = Lane.live,
    format: Annotated[
        str | None, typer.Option(help="The crawler's format, or a field map (.yaml) [default: recognised]")
    ] = None,
    rate: Annotated[float | None, typer.Option(min=0.001, help="Pages a second at most")] = None,
    fetched_at: Annotated[
        datetime | None,
        typer.Option(help="When rows were fetched that do not say, UTC [default: now; backfill refuses such rows]"),
    ] = None,
    resume: Annotated[Path | None, typer.Option(help="Checkpoint: go on from it if it is there, and keep it")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write to --out what would be sent; no broker")] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="Of a dry run; - is stdout")] = Path("-"),
    from_topic: Annotated[
        str | None, typer.Option(help="Bridge another crawler's Kafka topic, until Ctrl-C, instead of files")
    ] = None,
    from_broker: Annotated[str | None, typer.Option(help="Where that topic is [default: the same broker]")] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Send lines as they are, right or wrong, and without a key")
    ] = False,
) -> None:
    """Send pages to Kafka. Rows are RawArticles, {id, url, html | text, fetched_at?}, or in a crawler's own format.

    A row that is none of them is refused here, with its file, line and what was expected; the others go on. Exits 0 if
    anything was sent and nothing failed, refused rows or not; 1 if every row was refused; 2 if the broker or a file
    failed; 130 after Ctrl-C, or 0 where only that ends it. A dry run exits 0; of a topic it takes what is there.
    """
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.extra import MissingExtra
    from copydesk.feeding import bridging, feeder
    from copydesk.feeding.checkpoint import Checkpoint
    from copydesk.feeds.field_map import FieldMapError

    if not files and not from_topic:
        raise typer.BadParameter("give FILES, or --from-topic")
    if resume and Path("-") in (files or ()):
        raise typer.BadParameter("--resume needs files: of stdin nobody knows where it left off")
    tally = feeder.Tally()
    fetched = fetched_at and fetched_at.replace(tzinfo=UTC)
    try:
        chosen = named(format)
        checkpoint = Checkpoint(resume)
        settings = load(broker=broker)
        with contextlib.ExitStack() as opened:
            if from_topic:
                group = None if dry_run else bridging.group(from_topic)
                source = clients.consumer(from_broker or settings.broker, from_topic, group=group)
                opened.enter_context(contextlib.closing(source))
            found = paced(chain.from_iterable(map(checkpoint.rest, files or ())), rate)
            if dry_run:
                dry(bridging.lying(source) if from_topic else found, lane, fetched, chosen, tally, out)
                return
            producer = opened.enter_context(contextlib.closing(clients.producer(settings.broker)))
            how: Any = {"chosen": chosen, "checked": not unchecked, "fetched": fetched}
            if from_topic:
                polls: Any = repeat((source, producer, settings.topics, lane.value, tally))
                drain(counted(chain.from_iterable(bridging.bridge(*poll, rate=rate, **how) for poll in polls)))
            for _ in now_and_then(counted(feeder.feed(found, producer, settings.topics, lane.value, tally, **how))):
                producer.flush()
                checkpoint.save()
        checkpoint.save()
    except KeyboardInterrupt:
        summarise(tally)
        raise typer.Exit(0 if from_topic else 130) from None
    except (OSError, clients.BrokerUnavailable, feeder.SendError, MissingExtra, FieldMapError) as error:
        summarise(tally)
        typer.echo(f"copydesk feed: {error}", err=True)
        raise typer.Exit(2) from None
    summarise(tally)
    raise typer.Exit(0 if tally.sent else 1)


def named(format: str | None) -> Format | None:
    """The format of that name, or that a field map describes."""
    from copydesk.feeds import FORMATS, field_map

    if format is None:
        return None
    if format.endswith((".yaml", ".yml")):
        return field_map.load(Path(format))
    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r}; there are {', '.join(FORMATS)}, or a field map (.yaml)")
    return FORMATS[format]


def dry(
    rows: Iterable[Row], lane: Lane, fetched: datetime | None, chosen: Format | None, tally: Tally, out: Path
) -> None:
    """Write what would be sent; the summary goes to stderr, so that stdout holds pages alone."""
    from copydesk.feeding.feeder import message
    from copydesk.feeds.wild.packed import opened
    from copydesk.schemas import ContractError

    then = fetched or (datetime.now(UTC) if lane is Lane.live else None)
    with opened(out, "wb") as sink:
        for row in counted(rows):
            try:
                _, value, name = message(row, lane.value, then, chosen)
            except ContractError as error:
                tally.refuse(row.where, error)
                continue
            sink.write(value + b"\n")
            tally.sent += 1
            tally.formats[name] += 1
    summarise(tally, err=True)


def summarise(tally: Tally, *, err: bool = False) -> None:
    """Say what was sent, in which formats, and what was refused for which reasons."""
    from copydesk.subscribing.lines import printable

    for example in tally.examples:
        typer.echo(printable(f"refused {example}"), err=True)
    if tally.refused > len(tally.examples):
        typer.echo(f"refused {tally.refused - len(tally.examples)} more", err=True)
    typer.echo(f"sent {tally.sent}, refused {tally.refused}", err=err)
    for name, count in tally.formats.most_common():
        typer.echo(f"  {count} as {name}", err=err)
    for reason, count in tally.reasons.most_common():
        typer.echo(printable(f"  {count} × {reason}"), err=err)


def counted(items: Iterable[T]) -> Iterator[T]:
    """``items``, counted on stderr while they pass, if that is a terminal."""
    told = "{task.completed:,.0f} pages, {task.fields[rate]:,.0f} a second"
    columns = (SpinnerColumn(), TextColumn(told), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("pages", total=None, rate=0.0)
        for item in items:
            yield item
            progress.update(task, advance=1, rate=progress.tasks[0].speed or 0.0)


def now_and_then(items: Iterable[T]) -> Iterator[T]:
    """Goes through ``items``, and yields one every few seconds."""
    last = time.monotonic()
    for item in items:
        if time.monotonic() - last > SAVED_EVERY:
            yield item
            last = time.monotonic()


def drain(items: Iterable[object]) -> None:
    """Goes through ``items``."""
    for _ in items:
        pass
