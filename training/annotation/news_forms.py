"""The same text as an agency would send it: under a headline, a byline and a dateline."""

from __future__ import annotations

import re
from functools import cache
from random import Random
from typing import Final

from training.annotation.entity_texts import Labelled, Mention
from training.annotation.names_of_the_world import cities, locales
from training.manifest import ROOT

MONTHS: Final = ("January", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
DASHES: Final = (" - ", " -- ", " — ", " – ", ": ")
HEADLINE: Final = re.compile(r"[^.!?\n]{16,130}(?=[.!?])")
SMALL: Final = re.compile(r"\b[a-z](?=[a-z]{3})")  # words of four letters and more have capitals in a headline


def frame(labelled: Labelled, random: Random) -> Labelled:
    """``labelled`` behind some of the lines that open a news story."""
    lines = [_headline(labelled, random), _byline(random), _dateline(random)]
    for line, chance in zip(reversed(lines), (0.6, 0.4, 0.6), strict=True):
        if line and random.random() < chance:
            labelled = join(line, labelled)
    return labelled


def join(first: Labelled, second: Labelled) -> Labelled:
    """One text of two."""
    moved = [Mention(start + len(first.text), end + len(first.text), label) for start, end, label in second.mentions]
    return Labelled(first.text + second.text, [*first.mentions, *moved])


def _headline(labelled: Labelled, random: Random) -> Labelled | None:
    """The first sentence in capitals, or with a capital a word."""
    match = HEADLINE.match(labelled.text)
    if match is None:
        return None
    words = match[0].upper() if random.random() < 0.4 else SMALL.sub(lambda letter: letter[0].upper(), match[0])
    if len(words) != len(match[0]):  # a letter that is two in capitals
        return None
    return Labelled(f"{words}\n\n", [mention for mention in labelled.mentions if mention.end <= len(words)])


def _byline(random: Random) -> Labelled:
    locale = random.choice(locales())
    by, name = random.choice(("By ", "By ", "")), f"{random.choice(locale.given)} {random.choice(locale.family)}"
    if random.random() < 0.2:
        by, name = by.upper(), name.upper()
    return Labelled(f"{by}{name}\n\n", [Mention(len(by), len(by) + len(name), "PERSON")])


def _dateline(random: Random) -> Labelled:
    city = random.choice(cities())
    line = _labelled(city.upper() if random.random() < 0.7 else city, "GPE")
    if random.random() < 0.4:
        line = join(
            join(line, Labelled(", ", [])), _labelled(f"{random.choice(MONTHS)} {random.randint(1, 28)}", "DATE")
        )
    if random.random() < 0.6:
        agency = join(Labelled(" (", []), _labelled(random.choice(agencies()), "ORG"))
        line = join(join(line, agency), Labelled(")", []))
    return join(line, Labelled(random.choice(DASHES), []))


@cache
def agencies() -> list[str]:
    """News agencies by the names they sign with, in Latin letters."""
    lines = (ROOT / "pipeline" / "extraction" / "names" / "agencies.txt").read_text(encoding="utf-8").splitlines()
    return [name for line in lines if not line.startswith("#") for name in line.split("|")[:2] if name.isascii()]


def _labelled(text: str, label: str) -> Labelled:
    return Labelled(text, [Mention(0, len(text), label)])
