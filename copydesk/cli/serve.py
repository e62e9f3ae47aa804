"""``copydesk serve``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from copydesk.cli.options import Broker

TOKEN = "COPYDESK_SERVE_TOKEN"  # the name of the variable, not a secret


def serve(
    broker: Broker = None,
    host: Annotated[str, typer.Option(help=f"Address to listen on; beyond loopback only with {TOKEN}")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port; 0 takes a free one")] = 8000,
    published_on_loopback: Annotated[
        bool, typer.Option(help="In a container whose port is published on loopback alone: no token is needed")
    ] = False,
) -> None:
    """Serve a live page at /, events at /events/TOPIC?where=… and feeds at /feed.rss and /feed.json, until Ctrl-C.

    With COPYDESK_SERVE_TOKEN in the environment nobody is answered who does not bring it.
    """
    try:
        from aiohttp import web
    except ImportError:
        raise failed("aiohttp is not installed: pip install 'copydesk[serve]'") from None

    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.serving.access import is_loopback
    from copydesk.serving.web import application

    token = os.environ.get(TOKEN)
    if token is None and not is_loopback(host) and not published_on_loopback:
        raise failed(f"{host} is not loopback: set {TOKEN}, which every request then has to bring")
    settings = load(broker=broker)
    try:
        clients.consumer(settings.broker, settings.topics.enriched.name).close()  # told now rather than from a thread
        web.run_app(
            application(settings.broker, settings.topics, token), host=host, port=port, access_log=None,
            print=lambda text: typer.echo(text.splitlines()[0], err=True),
        )  # fmt: skip
    except (clients.BrokerUnavailable, OSError) as error:
        raise failed(str(error)) from None


def failed(why: str) -> typer.Exit:
    """The end of a command that could not do its work, said on stderr."""
    typer.echo(f"copydesk serve: {why}", err=True)
    return typer.Exit(2)
