"""What came out of a demo, as tables for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from rich.table import Table
from rich.text import Text

from copydesk.demo.run import Watch
from copydesk.subscribing.lines import printable

NAMES = 4  # entities and places a row has room for


def outcome(watch: Watch) -> Table:
    """One row a page: what it became."""
    shown = Table(title="What came out", title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading, ratio in (("Headline", 9), ("Source", 5), ("Dateline", 3), ("Lang", 2), ("Copy of", 6)):
        shown.add_column(heading, ratio=ratio, no_wrap=True, overflow="ellipsis")
    for heading in ("Entities", "Places"):
        shown.add_column(heading, ratio=6, no_wrap=True, overflow="ellipsis", style="dim")
    shown.expand = True
    headlines = {event["id"]: event.get("title") or "" for event in watch.in_order if "id" in event}
    for event in watch.in_order:
        failed = "error" in event
        cells = refusal(event) if failed else article(event, headlines)
        shown.add_row(*(Text(printable(cell)) for cell in cells), style="red" if failed else None)
    return shown


def refusal(event: dict[str, Any]) -> tuple[str, ...]:
    """The cells of a dead letter: why it died."""
    return f"✗ {event['error']['type']}", event["topic"], "", "", event["error"]["message"]


def article(event: dict[str, Any], headlines: dict[str, str]) -> tuple[str, ...]:
    """The cells of an article."""
    return (
        event.get("title") or "",
        event.get("source", {}).get("domain") or "",
        event.get("dateline", {}).get("place") or "",
        event["language"]["code"],
        relation(event, headlines),
        some(entity["text"] for entity in event.get("entities", ()) if entity["label"] in ("PERSON", "ORG")),
        some(f"{place['name']} {place.get('country', '')}" for place in event.get("places", ())),
    )


def relation(event: dict[str, Any], headlines: dict[str, str]) -> str:
    """Whose copy an article is, or which version of its own."""
    if event["lifecycle"] != "new":
        return f"{event['lifecycle']}, version {event['version']}"
    duplicate = event["duplicate"]
    return "" if duplicate["kind"] == "none" else f"{duplicate['kind']}: {headlines.get(duplicate['cluster_id'], '')}"


def some(names: Iterable[str]) -> str:
    """The first few different names."""
    return ", ".join(list(dict.fromkeys(names))[:NAMES])


def account(watch: Watch) -> Table:
    """Where the pages went, and whether the numbers add up."""
    ledger = watch.ledger
    totals, topics = ledger.totals(), ledger.topics
    kinds = Counter(event.get("lifecycle", "failed") for event in watch.in_order)
    shown = Table(title="The account", title_justify="left", show_header=False, box=None, pad_edge=False)
    shown.add_row("  raw pages sent", str(len(ledger.sent)))
    for sign, topic, remark in (
        ("=", topics.enriched, f"{kinds['revised']} of them a new version of a page"),
        ("+", topics.duplicates, f"{kinds['unchanged']} of them fetched again, unchanged"),
        ("+", topics.dead_letters, "refused, with the reason"),
    ):
        shown.add_row(f"{sign} {topic.name}", str(totals[topic.name]), Text(remark, style="dim"))
    verdict = "every page is accounted for" if ledger.balanced else "it does NOT add up"
    shown.add_row("", "", Text(verdict, style="bold green" if ledger.balanced else "bold red"))
    return shown
