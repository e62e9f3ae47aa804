"""``copydesk demo``."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

PIPED = 160  # columns where there is no terminal to ask


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the events go, as JSON Lines")] = Path(
        "out/demo.jsonl"
    ),
    partitions: Annotated[int, typer.Option(min=1, help="Partitions of each topic")] = 4,
    broker: Annotated[
        str | None,
        typer.Option(help="A Kafka with topics and a worker, rather than the embedded broker and one of ours"),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep broker and worker running afterwards, until Ctrl-C")
    ] = False,
) -> None:
    """Run the whole pipeline on this machine: a sample crawl in, enriched articles out. Needs no Kafka.

    Starts an embedded broker and one worker (with --broker: uses yours), feeds the sample crawl that ships with
    Copydesk, shows what came out of it, and checks that every page is accounted for. Exits 0 only if the account
    balances.
    """
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.demo import embedded, report, sample
    from copydesk.demo.run import DemoError, run, worker, write
    from copydesk.schemas.topics import topics as topics_of

    console = Console(width=None if sys.stdout.isatty() else PIPED)
    topics = load().topics if broker else topics_of(partitions)
    total = sum(1 for _ in sample.messages())
    log = Path(tempfile.mkdtemp(prefix="copydesk-demo-")) / "worker.log"
    try:
        with contextlib.ExitStack() as stack:
            address, process = broker, None
            if address is None:
                address = stack.enter_context(embedded.broker(topics))
                process = stack.enter_context(worker(address, log, COPYDESK_PARTITIONS=str(partitions)))
                console.print(f"Embedded broker at {address}. {embedded.LIMITS}")
            with progress(console) as bar:
                task = bar.add_task("waiting for the worker", total=total)
                for watch in run(address, topics, process, log):
                    bar.update(task, completed=len(watch.decided), description="pages through the pipeline")
            write(watch, out)
            console.print(report.outcome(watch))
            console.print(report.account(watch))
            console.print(f"Events: {out}", soft_wrap=True)
            if serve:
                console.print(f"Serving on {address}; try: copydesk tail enriched --broker {address} --from-beginning")
                signal.signal(signal.SIGTERM, signal.default_int_handler)
                with contextlib.suppress(KeyboardInterrupt):
                    signal.pause()
    except (DemoError, clients.BrokerUnavailable) as error:
        console.print(Text(f"copydesk demo: {error}"), style="red")
        raise typer.Exit(1) from None
    sys.exit(0 if watch.ledger.balanced else 1)


def progress(console: Console) -> Progress:
    """A line that shows how far the crawl is."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
