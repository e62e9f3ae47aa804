"""The standfirst of a dump: the line below the headline that stands above byline and time, and sums the story up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.extraction.refusing.signs import weight
from copydesk.pipeline.extraction.text.features import Floats
from copydesk.pipeline.extraction.text.phrases import KINDS
from copydesk.pipeline.extraction.time.telling import is_sentence
from copydesk.pipeline.extraction.time.timestamps import read_time

STANDFIRST: Final = "standfirst"
NEAR: Final = 2  # lines below the headline in which it begins
ABOVE: Final = 3  # lines above the byline or the time
SIZE: Final = range(35, 501)  # characters
WORDS: Final = 5
STAMP: Final = 90  # characters of a line that only says when
LIKELY: Final = 0.1  # chance of being body; what is less likely is a breadcrumb, an offer, a caption
_HEAD: Final = frozenset({"byline", "time"})
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CREDIT: Final = re.compile(
    r"©|\(c\)|\s[|›]\s|\s/\s|(?:photo|foto|bild|image|picture|credit|quelle|source|写真|사진|фото)s?\s?[:：/]|\((?:photo|foto|bild)"
    r"|\b(?:copyright|getty|shutterstock|archivbild|archivfoto|symbolbild|symbolfoto|file photo)\b"
    r"|(?:/|, )(?:afp|ap|reuters|epa|dpa|tass|efe|ansa)\b",
    re.IGNORECASE,
)


def find_standfirst(texts: Sequence[str], labels: Sequence[str], chances: Floats) -> int | None:
    """The line that is the standfirst; None where none is set apart by the byline or the time below it.

    Args:
        labels: what each line was taken for.
        chances: of each line being body.
    """
    if "headline" not in labels:
        return None
    headline = labels.index("headline")
    for i in range(headline + 1, min(headline + 1 + NEAR, len(texts))):
        if labels[i] in _HEAD:
            return None
        if chances[i] >= LIKELY and _may_be(texts, labels, i, headline):
            below = [labels[j] for j in range(i + 1, min(i + 1 + ABOVE, len(texts)))]
            heads = next((at for at, label in enumerate(below) if label in _HEAD), None)
            story = heads is not None and "body" not in below[:heads] and "body" in labels[i + 1 :]
            return i if story else None
    return None


def _may_be(texts: Sequence[str], labels: Sequence[str], i: int, headline: int) -> bool:
    text = texts[i]
    if labels[i] in KINDS or weight(text) not in SIZE or text == texts[headline] or text.endswith((":", "…", "...")):
        return False
    if len(text.split()) < WORDS and not _UNSPACED.search(text):
        return False
    if _CREDIT.search(text) or labels[i + 1 : i + 2] == ["rights"]:
        return False
    return len(text) > STAMP or is_sentence(text) or read_time(text) is None
