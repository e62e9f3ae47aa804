"""Where an outlet is at home, as far as its name tells: the Springfield News-Sun, palestineherald.com, a .ie domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from tld import get_tld

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.gazetteer import Entry, candidates, country
from copydesk.schemas import Source

SMALLEST: Final = 2_000  # people of a town that an outlet is named after
SHORTEST: Final = 4  # letters of such a town
GENERIC: Final = frozenset(
    {"ai", "cc", "co", "eu", "fm", "gg", "io", "ly", "me", "nu", "sh", "so", "to", "tv", "vc", "ws"}
)  # anyone's


def homes(source: Source, url: str | None) -> tuple[tuple[Entry, ...], ...]:
    """What the name and the domain of an outlet say of its home: namesakes of a town, or its country.

    Nothing, mostly: of outlets that are not named after a place.
    """
    address = source.domain or re.sub(r"^\w+://([^/:]*).*", r"\1", url or "")
    return tuple(found for found in (_town(source.name, address), _country(address)) if found)


@lru_cache(maxsize=10_000)  # outlets
def _town(name: str | None, domain: str) -> tuple[Entry, ...]:
    forms = [*_in_words((name or "").casefold().replace("-", " ").split()), *_in_domain(domain)]
    places = (candidates(form) for form in forms if form not in _masthead())
    large = (
        tuple(e for e in found if e.population >= SMALLEST and not (e.alias and e.kind == "city")) for found in places
    )
    return next(filter(None, large), ())


def _in_words(words: list[str]) -> Iterator[str]:
    """What is left of an outlet's name without the words that newspapers are named with."""
    while words and words[0] in _masthead():
        words = words[1:]
    while words and words[-1] in _masthead():
        words = words[:-1]
        yield " ".join(words)


def _in_domain(domain: str) -> Iterator[str]:
    """The same of the parts of a domain, whose words are not set apart: "newarkadvocate", "lasvegassun"."""
    parsed = get_tld(domain, fail_silently=True, fix_protocol=True, as_object=True)
    for label in (parsed.subdomain, parsed.domain) if parsed else ():  # type: ignore[union-attr]
        for rest in _stripped(label.replace("-", "")):
            yield rest
            yield from (f"{rest[:at]} {rest[at:]}" for at in range(3, len(rest) - 2))


def _stripped(label: str) -> Iterator[str]:
    """``label``, with ever fewer of such words in front and behind, the fewest first."""
    words = _masthead()
    known = [label]
    for one in known:
        for at in range(1, len(one)):
            for word, rest in ((one[:at], one[at:]), (one[at:], one[:at])):
                if word in words and len(rest) >= SHORTEST and rest not in known:
                    known.append(rest)
    yield from sorted(known, key=len)


def _country(domain: str) -> tuple[Entry, ...]:
    code = domain.rpartition(".")[2]
    return country({"uk": "GB"}.get(code, code.upper())) if len(code) == 2 and code not in GENERIC else ()


@cache
def _masthead() -> frozenset[str]:
    return frozenset(" ".join(data_lines(__file__, "masthead.txt")).split())
