"""Invented articles for the tests of deduplication."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from copydesk.schemas import Article, Language, Provenance, Source

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
_NAMES = ("Orla Vance", "Teodor Brask", "Minna Kestrel", "Port Selwyn", "Lake Ardo", "Halvard Shipping", "Mount Ivel")
_WORDS = ("council", "harbour", "vote", "budget", "ferry", "storm", "bridge", "school", "patient", "engine", "river")
_WORDS += ("market", "strike", "union", "farmer", "glacier", "museum", "railway", "tunnel", "winter", "grant", "judge")
_WORDS += ("reactor", "orchard", "border", "tariff", "satellite", "vaccine", "stadium", "archive")
_VERBS = ("delayed", "opened", "rejected", "measured", "promised", "questioned", "repaired", "doubled", "closed")


def article(  # noqa: PLR0917
    id: str = "a",
    text: str = "",
    title: str | None = "A title",
    source: str = "one.example",
    minutes: float = 0,
    fetched: bool = True,
    **fields: object,
) -> Article:
    """An article of ``source`` fetched ``minutes`` after START."""
    when = START + timedelta(minutes=minutes)
    return Article(
        id=id,
        title=title,
        text=text,
        source=Source(domain=source),
        language=Language(code="en", confidence=1.0),
        word_count=len(text.split()),
        provenance=Provenance(pipeline="test", stages={}),
        fetched_at=when.isoformat() if fetched else None,
        **fields,
    )


def story(seed: int, paragraphs: int = 6) -> str:
    """A text like no other: invented people doing invented things, the same for the same ``seed``."""
    dice = random.Random(seed)
    return "\n".join(" ".join(_sentence(dice) for _ in range(3)) for _ in range(paragraphs))


def _sentence(dice: random.Random) -> str:
    middle = " ".join(dice.sample(_WORDS, 4))
    return (
        f"{dice.choice(_NAMES)} {dice.choice(_VERBS)} the {middle} after {dice.randint(2, 990)} days near "
        f"{dice.choice(_NAMES)} because the {dice.choice(_WORDS)} {dice.choice(_VERBS)} every {dice.choice(_WORDS)}."
    )
