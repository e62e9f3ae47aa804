"""``copydesk worker`` and ``copydesk settings``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from copydesk.cli.options import Broker


class Lane(StrEnum):
    """Which raw topic a worker reads."""

    live = "live"
    backfill = "backfill"


def worker(
    broker: Broker = None,
    lane: Annotated[
        Lane,
        typer.Option(help="live: every stage; backfill: archives, at the lowest priority, in a group of their own"),
    ] = Lane.live,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes on this machine, supervised")] = 1,
    processes: Annotated[int | None, typer.Option(help="Pool processes [default: one a core]")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to annotate with, by name or path")] = None,
    metrics_port: Annotated[
        int | None, typer.Option(help="Port of /metrics on loopback, of the first of several; 0: none")
    ] = None,
) -> None:
    """Run a worker: extract, deduplicate and annotate what arrives, until SIGTERM.

    Start as many as there are cores and machines; Kafka spreads the partitions over them. Every setting can be given
    as COPYDESK_… or in copydesk.toml: see `copydesk settings`.
    """
    from copydesk.agents import lanes
    from copydesk.agents.kafka.startup import StartupError
    from copydesk.agents.settings import load
    from copydesk.operating.supervising import supervise

    try:
        share = {"processes" if lane is Lane.live else "backfill_processes": processes}
        settings = load(broker=broker, model=model, metrics_port=metrics_port, **share)
        if workers > 1:
            given = {"--broker": broker, "--lane": lane.value, "--processes": processes, "--model": model}
            arguments = [f"{name}={value}" for name, value in given.items() if value is not None]
            raise typer.Exit(supervise(workers, arguments, settings))
        lanes.run(settings, lane.value)
    except StartupError as error:
        typer.echo(f"copydesk worker: {error}", err=True)
        raise typer.Exit(2) from None


def settings() -> None:
    """Print every setting in force, as copydesk.toml would hold it; secrets are masked."""
    from copydesk.agents.settings import load

    values = load()
    for name, field in type(values).model_fields.items():
        value = values.model_dump(mode="json")[name]
        shown = "# unset" if value is None else f'"{value}"' if isinstance(value, str) else value
        typer.echo(f"{name} = {shown}".ljust(40) + f"  # {field.description}")
