"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

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

P = TypeVar("P", Path, list[Path], Path | None)


def there(inputs: P) -> P:
    """``inputs`` as given, if each is ``-`` or exists; so that a slip is told before anything is written."""
    for path in inputs if isinstance(inputs, list) else [inputs]:
        if path is not None and str(path) != "-" and not path.exists():
            raise typer.BadParameter(f"there is no {path}")
    return inputs
