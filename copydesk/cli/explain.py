"""``copydesk explain``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.cli.options import there

if TYPE_CHECKING:
    from copydesk.pipeline.extraction import Verdict
    from copydesk.schemas import RawArticle


def explain(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="An .html or .txt page, or JSON Lines of raw articles", callback=there),
    ],
    other: Annotated[
        Path | None, typer.Argument(metavar="OTHER", help="A second page: why are they copies, or not?", callback=there)
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address of the page, for a page file")] = None,
    row: Annotated[str | None, typer.Option("--id", help="Of several rows, the one with this id")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show also short pieces far from being body")] = False,
) -> None:
    """Show how extraction read a page: each block or line with its label, its chance of being body, and the reasons.

    A reason is a group of what was looked at, with the log-odds it adds (+) or takes away (-). With two pages: whether
    deduplication takes one for a copy of the other, and what that rests on. Exits 1 when a page is refused, with the
    typed error.
    """
    from rich.console import Console

    from copydesk.pipeline.extraction import ExtractionError
    from copydesk.pipeline.extraction import explain as verdicts_of

    raw = _raw(file, url, row)
    console = Console(highlight=False)
    try:
        if other is not None:
            console.print(_comparison(raw, _raw(other, None, None)))
            return
        console.print(_outcome(raw))
        console.print(_table(list(verdicts_of(raw)), all_))
    except ExtractionError as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
        raise typer.Exit(1) from None


def _raw(file: Path, url: str | None, row: str | None) -> RawArticle:
    """The page that is asked for, the first where none is named."""
    from copydesk.feeding.rows import rows
    from copydesk.feeds import read
    from copydesk.schemas import ContractError

    try:
        for found in rows(file):
            raw, _ = read(found, datetime.now(UTC))
            if row in (None, raw.id):
                return raw.model_copy(update={"url": url}) if url else raw
    except (OSError, ContractError) as error:
        raise typer.BadParameter(str(error)) from None
    raise typer.BadParameter(f"no row of {file} has the id {row!r}" if row else f"{file} holds no page")


def _comparison(raw: RawArticle, other: RawArticle) -> Any:
    """Why two pages are copies, or not."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table

    from copydesk.pipeline.deduplication import compare
    from copydesk.pipeline.extraction import extract

    found = compare(extract(raw), extract(other))
    verdict = {"exact": "exact copies", "near": "near copies", "version": "versions of one page", "none": "no copies"}
    parts: list[Any] = [f"{verdict[found.verdict]}: {found.reason}"]
    if found.likeness:
        table = Table(box=SIMPLE_HEAD)
        table.add_column("what was weighed")
        table.add_column("value", justify="right")
        table.add_column("log-odds", justify="right")
        for name, value, adds in found.evidence:
            table.add_row(name, f"{value:.2f}", f"{adds:+.1f}")
        table.add_row("before anything is known", "", f"{found.bias:+.1f}")
        table.add_row("together (a copy has more than 0)", "", f"{found.likeness.score:+.1f}", style="bold")
        parts.append(table)
    return Group(*parts)


def _outcome(raw: RawArticle) -> Any:
    """What became of the page, field by field."""
    from rich.table import Table
    from rich.text import Text

    from copydesk.pipeline.extraction import doubts, extract
    from copydesk.subscribing.lines import printable

    article = extract(raw)
    doubt = doubts(raw)
    against = f"{doubt.kind} {doubt.score:+.1f} ({doubt.told()})" if doubt and doubt.score > 0 else None
    published = article.published
    when = f"{article.published_at}, zone {published.zone}, from: {published.evidence}" if published else None
    agency = f"{article.agency.name}, from {article.agency.evidence}" if article.agency else None
    confidence = article.extraction.confidence if article.extraction else None
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("title", article.title),
        ("standfirst", article.standfirst),
        ("authors", ", ".join(article.authors)),
        ("byline", article.byline),
        ("published", when),
        ("agency", agency),
        ("dateline", article.dateline.text if article.dateline else None),
        ("language", f"{article.language.code} ({article.language.confidence:.2f})"),
        ("kind", article.kind),
        ("access", article.access),
        ("if no article", against),
        ("body", f"{article.word_count} words, expected F1 {confidence}"),
    ):
        table.add_row(name, Text(printable(value or "–")))
    return table


def _table(verdicts: list[Verdict], every: bool) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from copydesk.subscribing.lines import printable

    table = Table(box=SIMPLE_HEAD, expand=True)
    table.add_column("label", no_wrap=True)
    table.add_column("chance", justify="right", no_wrap=True)
    table.add_column("text", no_wrap=True, ratio=3, overflow="ellipsis")
    table.add_column("because", no_wrap=True, ratio=2, overflow="ellipsis")
    for verdict in verdicts:
        if every or verdict.label in ("standfirst", "body") or verdict.chance >= 0.1 or len(verdict.text) >= 60:
            reasons = ", ".join(f"{name} {value:+.1f}" for name, value in verdict.reasons[:3])
            where = f"<{verdict.where[:40]}> " if verdict.where else ""
            style = "bold" if verdict.label in ("standfirst", "body") else ""
            text = Text(printable(where + verdict.text)[:160], style=style)
            table.add_row(verdict.label, f"{verdict.chance:.2f}", text, reasons)
    return table
