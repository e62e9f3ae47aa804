"""``copydesk doctor``."""

from __future__ import annotations

import typer

from copydesk.cli.options import Broker


def doctor(broker: Broker = None) -> None:
    """Say what is missing on this machine and how to get it: libraries, model, broker, topics and their limits."""
    from copydesk.agents.settings import SettingsError, load
    from copydesk.operating.doctor import examine

    try:
        settings = load(broker=broker)
    except SettingsError as error:
        typer.echo(f"✗ Settings: {error}")
        raise typer.Exit(1) from None
    well = True
    for finding in examine(settings):
        typer.echo(f"{'✓' if finding.fine else '✗' if finding.needed else '–'} {finding.what}: {finding.found}")
        if not finding.fine:
            typer.echo(f"    {finding.help}")
            well = well and not finding.needed
    raise typer.Exit(0 if well else 1)
