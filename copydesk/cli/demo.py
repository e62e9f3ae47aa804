"""``copydesk demo``."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from copydesk.demo import Watch

SHOWN = 4  # entities and places a row has room for


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the events go, as JSON Lines")] = Path(
        "out/demo.jsonl"
    ),
    partitions: Annotated[int, typer.Option(min=1, help="Partitions of each topic")] = 4,
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep broker and worker running afterwards, until Ctrl-C")
    ] = False,
) -> None:
    """Run the whole pipeline on this machine: a sample crawl in, enriched articles out. Needs no Kafka.

    Starts an embedded broker and one worker, feeds the sample crawl that ships with Copydesk, shows what came out of
    it, and checks that every page is accounted for. Exits 0 only if the account balances.
    """
    from copydesk import embedded, sample
    from copydesk.demo import DemoError, run, worker, write
    from schemas.topics import topics as topics_of

    console = Console()
    topics = topics_of(partitions)
    total = sum(1 for _ in sample.messages())
    log = Path(tempfile.mkdtemp(prefix="copydesk-demo-")) / "worker.log"
    try:
        with embedded.broker(topics) as address, worker(address, log, COPYDESK_PARTITIONS=str(partitions)) as process:
            console.print(f"Embedded broker at {address}. {embedded.LIMITS}")
            with progress(console) as bar:
                task = bar.add_task("starting the worker", total=total)
                for watch in run(address, topics, process, log):
                    bar.update(task, completed=len(watch.decided), description="pages through the pipeline")
            write(watch, out)
            console.print(table(watch))
            console.print(account(watch))
            console.print(f"Events: {out}", soft_wrap=True)
            if serve:
                console.print(f"Serving on {address}; try: copydesk tail enriched --broker {address} --from-beginning")
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except DemoError as error:
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


def table(watch: Watch) -> Table:
    """One row a page: what it became."""
    shown = Table(title="What came out", row_styles=["", "dim"])
    for heading, width in (
        ("Headline", 38),
        ("Source", 14),
        ("Dateline", 10),
        ("Lang", 4),
        ("Copy of", 12),
        ("Entities", 28),
        ("Places", 22),
    ):
        shown.add_column(
            heading, max_width=width, overflow="ellipsis", no_wrap=heading not in ("Headline", "Entities", "Places")
        )
    headlines = {event["id"]: event.get("title") or "" for event in watch.events.values() if "id" in event}
    for event in watch.events.values():
        shown.add_row(*(Text(printable(cell)) for cell in row(event, headlines)))
    return shown


def row(event: dict[str, Any], headlines: dict[str, str]) -> tuple[str, ...]:
    """The cells of one event; a dead letter says why it died."""
    if "error" in event:
        return (
            f"✗ {event['error']['type']}: {event['error']['message']}",
            event["topic"],
            "",
            "",
            "dead letter",
            "",
            "",
        )
    duplicate = event["duplicate"]
    copy = "" if duplicate["kind"] == "none" else f"{duplicate['kind']}: {headlines.get(duplicate['cluster_id'], '')}"
    if event["lifecycle"] != "new":
        copy = f"{event['lifecycle']} (v{event['version']})"
    return (
        event.get("title") or "",
        event.get("source", {}).get("domain") or "",
        event.get("dateline", {}).get("place") or "",
        event["language"]["code"],
        copy,
        ", ".join(dict.fromkeys(entity["text"] for entity in event.get("entities", ())[: 3 * SHOWN]))[:60],
        ", ".join(
            dict.fromkeys(f"{p['name']} {p.get('country', '')}".strip() for p in event.get("places", ())[: 3 * SHOWN])
        )[:50],
    )


def account(watch: Watch) -> Table:
    """Where the pages went, and whether the numbers add up."""
    ledger = watch.ledger
    totals, topics = ledger.totals(), ledger.topics
    kinds = Counter(e.get("lifecycle", "failed") for e in watch.events.values())
    shown = Table(title="The account", show_header=False)
    shown.add_row("raw pages sent", str(len(ledger.sent)))
    shown.add_row(
        f"= {topics.enriched.name}", str(totals[topics.enriched.name]), f"of them {kinds['revised']} a new version"
    )
    shown.add_row(
        f"+ {topics.duplicates.name}",
        str(totals[topics.duplicates.name]),
        f"of them {kinds['unchanged']} fetched again, unchanged",
    )
    shown.add_row(f"+ {topics.dead_letters.name}", str(totals[topics.dead_letters.name]))
    verdict = "every page is accounted for" if ledger.balanced else "does NOT add up"
    shown.add_row("account", verdict, style="bold green" if ledger.balanced else "bold red")
    return shown


def printable(cell: str) -> str:
    """``cell`` without control characters: article text is not to move the cursor of a terminal."""
    return "".join(character if character.isprintable() else " " for character in cell)
