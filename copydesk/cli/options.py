"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Broker = Annotated[
    str | None,
    typer.Option(
        "--broker",
        envvar="COPYDESK_BROKER",
        help="Kafka bootstrap address, host:port[,host:port]",
        show_default="127.0.0.1:9092",
    ),
]
