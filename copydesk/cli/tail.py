"""``copydesk tail``."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from copydesk.cli.options import Broker

COLUMNS = ("id", "version", "published_at", "source", "language", "title", "url", "kind", "cluster", "words")


def moment(text: str) -> datetime:
    """An ISO 8601 time; ValueError, which typer tells, when it is none."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Shape(StrEnum):
    """What an event is printed as."""

    line = "line"
    json = "json"
    csv = "csv"
    ninjs = "ninjs"
    json_ld = "json-ld"
    news_please = "news-please"


def tail(
    topic: Annotated[str, typer.Argument(help="raw, extracted, deduplicated, enriched, duplicates, deadletter")],
    broker: Broker = None,
    where: Annotated[str | None, typer.Option(help='Filter, see docs/subscribing.md: language = "en" …')] = None,
    shape: Annotated[Shape, typer.Option("--as", help="A line to read, or what a program reads")] = Shape.line,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --as json")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Start at the oldest event kept")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(parser=moment, help="Start with what was written from then on; without a zone UTC"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many")] = None,
) -> None:
    """Follow a topic: a readable line an event, or --as json, csv, …. Ctrl-C ends it."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.subscribing.filters import FilterError, matching
    from copydesk.subscribing.subscription import topic_named

    shown = 0
    try:
        settings = load(broker=broker)
        test = matching(where) if where else None
        name = topic_named(topic, settings.topics)
        show = shower(Shape.json if as_json else shape)
        consumer = clients.consumer(settings.broker, name, from_beginning=from_beginning)
        if since is not None:
            clients.seek_to_time(consumer, since)
        try:
            for record in consumer:
                value = record.value or b"null"
                if test is None or passes(test, value):
                    show(value)
                    shown += 1
                if shown == limit:
                    break
        finally:
            consumer.close()
    except FilterError as error:
        raise failed(f"--where: {error}") from None
    except (clients.BrokerUnavailable, ValueError) as error:
        raise failed(str(error)) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def failed(why: str) -> typer.Exit:
    """The end of a command that could not do its work, said on stderr."""
    typer.echo(f"copydesk tail: {why}", err=True)
    return typer.Exit(2)


def passes(test: Callable[[dict[str, Any]], bool], value: bytes) -> bool:
    """Whether a message is an event that passes; one that is none does not."""
    import orjson

    try:
        return test(orjson.loads(value))
    except orjson.JSONDecodeError:
        return False


def shower(shape: Shape) -> Callable[[bytes], None]:
    """What prints an event as ``shape``. A terminal is shown nothing that commands it; a pipe gets the bytes."""
    from copydesk.subscribing.lines import line_of

    if shape is Shape.line:
        return lambda value: typer.echo(line_of(value))
    if shape is Shape.json:
        return lambda value: echo(value.replace(b"\n", b" "))  # JSON has line ends between its parts only
    if shape is Shape.csv:
        echo(row(COLUMNS))
    return lambda value: told(shape, value)


def told(shape: Shape, value: bytes) -> None:
    """Print an event as a line of CSV, or an article in another's shape; what is none is named on stderr."""
    import orjson

    from copydesk.schemas import Article, ContractError, decode
    from copydesk.schemas.codec import parse
    from copydesk.views import VIEWS

    try:
        line = row(columns(parse(value))) if shape is Shape.csv else orjson.dumps(VIEWS[shape](decode(Article, value)))
    except (ContractError, AttributeError) as error:
        typer.echo(f"copydesk tail: no event of that kind: {error}", err=True)
    else:
        echo(line)


def columns(event: dict[str, Any]) -> tuple[Any, ...]:
    """The values of COLUMNS in an event."""
    source, duplicate = event.get("source") or {}, event.get("duplicate") or {}
    return (
        event.get("id"), event.get("version"), event.get("published_at"), source.get("domain") or source.get("name"),
        (event.get("language") or {}).get("code"), event.get("title"), event.get("canonical_url") or event.get("url"),
        duplicate.get("kind"), duplicate.get("cluster_id"), event.get("word_count"),
    )  # fmt: skip


def row(values: tuple[Any, ...]) -> bytes:
    """A line of CSV. A text that a spreadsheet would run as a formula is led by an apostrophe."""
    safe = [f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value for value in values]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(safe)
    return line.getvalue().replace("\n", " ").encode()


def echo(line: bytes) -> None:
    """Print bytes as they are, or as what a terminal can be shown."""
    from copydesk.subscribing.lines import printable

    typer.echo(printable(line.decode(errors="replace")) if sys.stdout.isatty() else line)
