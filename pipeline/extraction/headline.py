"""The headline of a text dump: of the lines above the body, the one that tells what the body tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

ABOVE: Final = 40  # lines in which it is looked for
LENGTH: Final = range(8, 250)  # characters
USUAL: Final = 60  # characters from which on a line is long enough to be one
SIGNED: Final = frozenset({"byline", "time"})
NEVER: Final = frozenset({"share", "related", "comment", "navigation", "footer", "rights", *SIGNED})

# Worth of each sign; chosen by hand on development pages, to the half point.
TELLS: Final = 3.0  # times the share of its words that the body uses
SIGNED_BELOW: Final = 1.0  # byline or time within three lines
TWICE: Final = 0.5  # printed more than once: in a breadcrumb, above a picture
SENTENCE: Final = -1.0  # ends in a full stop: a lede, a caption
FAR: Final = -0.05  # each line between it and the body

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_END: Final = re.compile(r"[.。]$")


class Labelled(Protocol):
    """A line and what it is taken for."""

    text: str
    label: str


def find_headline(lines: Sequence[Labelled], start: int, body: str) -> str | None:
    """The headline among ``lines`` above ``start``, where the body begins; None if no line can be one."""
    told = _terms(body[:20_000])
    first = max(0, start - ABOVE)
    texts = [line.text for line in lines]
    best, headline = 0.0, None
    for number in range(first, min(start + 1, len(lines))):
        line = lines[number]
        terms = _terms(line.text)
        if line.label in NEVER or len(line.text) not in LENGTH or not terms:
            continue
        score = (
            TELLS * len(terms & told) / len(terms)
            + min(len(line.text) * (3 if _UNSPACED.search(line.text) else 1) / USUAL, 1.0)
            + SIGNED_BELOW * any(below.label in SIGNED for below in lines[number + 1 : number + 4])
            + TWICE * (texts.count(line.text) > 1)
            + SENTENCE * bool(_END.search(line.text))
            + FAR * (start - number)
        )
        if score > best and (number < start or line.text != body.partition("\n")[0]):
            best, headline = score, line.text
    return headline


def _terms(text: str) -> set[str]:
    """Words, case folded; pairs of characters in scripts without spaces."""
    folded = text.casefold()
    if _UNSPACED.search(folded):
        return {folded[i : i + 2] for i in range(len(folded) - 1)}
    return set(_WORD.findall(folded))
