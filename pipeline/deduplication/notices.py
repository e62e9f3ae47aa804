"""What a page says of itself: that it was corrected, or that it is withdrawn."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Final, Literal, cast

from copydesk.pipeline.data_lines import data_lines

Notice = Literal["correction", "withdrawal"]

OUTER: Final = 3
"""Paragraphs at each end of a text in which a notice of correction stands; one of withdrawal opens the text."""
_PREFIX: Final = 2  # characters of a paragraph that rule out most notices
_LONGEST: Final = 60
_MARKS: Final = " \t*[(—–-•\"'“"


def notice_in(text: str) -> Notice | None:
    """What ``text`` says of itself, as far as a paragraph begins with words that are known."""
    head = text[: 20 * _LONGEST].split("\n", OUTER)
    if _begins(head[0], "withdrawal"):
        return "withdrawal"
    paragraphs = (*head[:OUTER], *text.rsplit("\n", OUTER)[1:])
    return "correction" if any(_begins(paragraph, "correction") for paragraph in paragraphs) else None


def _begins(paragraph: str, kind: Notice) -> bool:
    begin = paragraph[:_LONGEST].lstrip(_MARKS).casefold()
    known = _openings()[kind].get(begin[:_PREFIX])
    return known is not None and begin.replace("’", "'").startswith(known)


@cache
def _openings() -> dict[Notice, dict[str, tuple[str, ...]]]:
    """The openings of each kind, by their first characters."""
    found: dict[Notice, defaultdict[str, list[str]]] = {
        "correction": defaultdict(list),
        "withdrawal": defaultdict(list),
    }
    kind: Notice = "correction"
    for line in data_lines(__file__, "notices.txt"):
        if line.startswith("["):
            kind = cast("Notice", line.strip("[]"))
        else:
            found[kind][line[:_PREFIX]].append(line)
    return {kind: {prefix: tuple(group) for prefix, group in groups.items()} for kind, groups in found.items()}
