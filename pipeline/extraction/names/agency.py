"""Which news agency's copy an article is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.schemas import Agency

_SIGNED: Final = re.compile(r"\(([^()\n]{2,40})\)\s*[.\"”]?$")  # a paragraph that ends in (AP)
_WORD: Final = re.compile(r"\w[\w.’'-]*")
_LONGEST: Final = 4  # words of an agency's name


def usual_name(name: str) -> str | None:
    """The usual short name of the agency that signs as ``name``, or None."""
    return _names().get(name.strip().casefold())


def find_agency(dateline: str | None, bylines: Iterable[str], credits: Iterable[str], text: list[str]) -> Agency | None:
    """The agency, with the words that say so: dateline first, then byline, the page's own credits, a signed paragraph.

    Args:
        dateline: the agency that the dateline names, as printed; one we do not know is believed.
        bylines: byline lines.
        credits: what markup gives as source, publisher or copyright.
        text: the paragraphs.
    """
    if dateline is not None:
        return Agency(name=usual_name(dateline) or dateline, evidence=f"dateline: {dateline}")
    for kind, lines in (("byline", bylines), ("credit", credits)):
        for line in lines:
            if name := named_in(line):
                return Agency(name=name, evidence=f"{kind}: {line[:200]}")
    for paragraph in (*text[:1], *text[-1:]):
        if (signed := _SIGNED.search(paragraph[-60:])) and (name := usual_name(signed[1])):
            return Agency(name=name, evidence=f"signed: {signed[0]}")
    return None


def named_in(line: str) -> str | None:
    """The first agency whose name stands in ``line``, as whole words."""
    words = _WORD.findall(line[:300])
    for start in range(len(words)):
        for end in range(min(start + _LONGEST, len(words)), start, -1):
            phrase = " ".join(words[start:end])
            # AP, PA and the like are words of other languages in lower case.
            if (name := usual_name(phrase)) and (len(phrase) > 4 or phrase == name or phrase.isupper()):
                return name
    return None


@cache
def _names() -> dict[str, str]:
    table = [line.split("|") for line in data_lines(__file__, "agencies.txt")]
    return {alias.strip().casefold(): names[0] for names in table for alias in names}
