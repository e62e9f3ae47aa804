"""``copydesk topics create`` and ``copydesk topics list``."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from copydesk.cli.options import Broker

PIPED = 160  # columns where there is no terminal to ask


class Role(StrEnum):
    """Who does what on the broker."""

    feeder = "feeder"
    worker = "worker"
    backfill = "backfill"
    subscriber = "subscriber"
    replay = "replay"
    admin = "admin"


app = typer.Typer(no_args_is_help=True, help="Make the topics on a Kafka, or show them as they are.")


@app.command()
def create(
    broker: Broker = None,
    replication_factor: Annotated[int, typer.Option(min=1, help="Copies of each partition; 3 in production")] = 1,
) -> None:
    """Create the topics that are missing, with their partitions and limits; those that exist are left alone."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import admin

    settings = load(broker=broker)
    try:
        if clients.is_embedded(settings.broker):
            typer.echo("The embedded broker has its topics from the start; nothing to create.")
            return
        created = admin.create_topics(settings.broker, settings.topics, replication_factor)
    except clients.BrokerUnavailable as error:
        typer.echo(f"copydesk topics: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo("\n".join(f"created {name}" for name in created) or "all topics exist already")


@app.command()
def grow(
    partitions: Annotated[int, typer.Option(min=1, help="How many each topic is to have: a multiple of what it has")],
    broker: Broker = None,
) -> None:
    """Raise the number of partitions, once feeders and workers are stopped; see docs/operations.md."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import growing

    settings = load(broker=broker)
    groups = (settings.group, f"{settings.group}-backfill")
    try:
        copied = growing.grow(settings.broker, settings.topics, groups, partitions)
    except (clients.BrokerUnavailable, growing.CannotGrow) as error:
        typer.echo(f"copydesk topics: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(
        f"{partitions} partitions each, {copied} records of state copied; now set COPYDESK_PARTITIONS={partitions}"
    )


@app.command()
def grants(
    role: Annotated[Role, typer.Argument()],
    user: Annotated[str, typer.Option(help="The principal's name [default: the role's]")] = "",
    group: Annotated[str | None, typer.Option(help="Consumer group [default: the workers']")] = None,
    broker: Broker = None,
) -> None:
    """Print what a role has to be allowed on a Kafka with access control, as commands of Kafka's own tool."""
    from copydesk.agents.settings import load
    from copydesk.operating import roles

    settings = load(broker=broker)
    for grant in roles.grants(role.value, settings.topics, group or settings.group):
        typer.echo(
            f"kafka-acls.sh --bootstrap-server {settings.broker} --add --allow-principal User:{user or role}"
            f" --operation {grant.operation} --{grant.on} {grant.name}"
        )


@app.command(name="list")
def show(broker: Broker = None) -> None:
    """Show each topic with its partitions, what it holds, and where it differs from what it should be."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import admin

    settings = load(broker=broker)
    try:
        found = admin.list_topics(settings.broker, settings.topics)
    except clients.BrokerUnavailable as error:
        typer.echo(f"copydesk topics: {error}", err=True)
        raise typer.Exit(2) from None
    table = Table("Topic", "Partitions", "Key", "Value", "As it should be", box=None, pad_edge=False)
    console = Console(width=None if sys.stdout.isatty() else PIPED)
    for topic in found:
        verdict = "; ".join(topic.differences) or "yes"
        table.add_row(topic.topic.name, str(topic.partitions or "–"), topic.topic.key, topic.topic.value, verdict)
    console.print(table)
    raise typer.Exit(1 if any(topic.differences for topic in found) else 0)
