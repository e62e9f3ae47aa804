"""``copydesk dead-letters`` and ``copydesk replay``."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from copydesk.cli.options import Broker
from copydesk.feeding.pace import paced

Stage = Annotated[str | None, typer.Option(help="Only those of a stage: extract, dedupe, annotate")]
Error = Annotated[str | None, typer.Option(help="Only those of an error, by its type: NotAnArticle")]
Text = Annotated[str | None, typer.Option(help="Only those whose error says this")]


def dead_letters(
    broker: Broker = None,
    stage: Stage = None,
    error: Error = None,
    text: Text = None,
    whole: Annotated[bool, typer.Option("--whole", help="Print each letter instead, as a line of JSON")] = False,
) -> None:
    """Count the dead letters that wait, by stage and error, with an example of each."""
    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import dead_letters as letters
    from copydesk.schemas import encode
    from copydesk.subscribing.lines import printable

    settings = load(broker=broker)
    try:
        test = letters.wanted(stage, error, text)
        waiting = filter(test, letters.letters(settings.broker, settings.topics))
        if whole:
            for waits in waiting:
                sys.stdout.buffer.write(encode(waits.letter) + b"\n")
            return
        found = letters.summary(waiting)
    except clients.BrokerUnavailable as problem:
        typer.echo(f"copydesk dead-letters: {problem}", err=True)
        raise typer.Exit(2) from None
    for (of, kind), count in found.counts.most_common():
        one = found.samples[of, kind].letter
        at = f"{one.topic}/{one.partition}/{one.offset}"
        typer.echo(printable(f"{count:>7}  {of:8} {kind:16} {at}: {one.error.message[:120]}"))
    typer.echo(f"{found.counts.total():>7}  in all; `copydesk trace TOPIC/PARTITION/OFFSET` tells the rest of one")


def replay(
    broker: Broker = None,
    stage: Stage = None,
    error: Error = None,
    text: Text = None,
    rate: Annotated[float | None, typer.Option(min=0.001, help="Messages a second at most")] = None,
    attempts: Annotated[int, typer.Option(min=1, help="How often a message may be sent back in all")] = 3,
    limit: Annotated[int | None, typer.Option(min=1, help="Messages at most")] = None,
    discard: Annotated[bool, typer.Option("--discard", help="Send nothing: they are dealt with, and are gone")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent back")] = False,
) -> None:
    """Send dead letters' messages back to where they came from, after a fix; those sent back leave the count."""
    from itertools import islice

    from copydesk import clients
    from copydesk.agents.settings import load
    from copydesk.operating import dead_letters as letters
    from copydesk.subscribing.lines import printable

    settings = load(broker=broker)
    sent = refused = 0
    try:
        test = letters.wanted(stage, error, text)
        # As many as there are now: what fails again while they are sent is not sent once more.
        found = islice(filter(test, letters.letters(settings.broker, settings.topics)), limit)
        if dry_run:
            typer.echo(f"{sum(1 for _ in found)} would be sent back")
            return
        if discard:
            with contextlib.closing(clients.producer(settings.broker)) as producer:
                typer.echo(f"discarded {letters.discard(found, producer, settings.topics)}")
            return
        with contextlib.closing(clients.producer(settings.broker)) as producer:
            for one, refusal in letters.replay(paced(found, rate), producer, settings.topics, attempts):
                sent, refused = sent + (refusal is None), refused + (refusal is not None)
                if refusal:
                    typer.echo(printable(f"{one.position} stays: {refusal}"), err=True)
    except clients.BrokerUnavailable as problem:
        typer.echo(f"copydesk replay: {problem}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"sent back {sent}, {refused} stay")
