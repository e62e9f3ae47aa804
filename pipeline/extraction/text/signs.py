"""What of a text dump tells whether it is an article. No links are to be seen: headlines are told by their shape."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from copydesk.pipeline.extraction.refusing.address_signs import address_signs
from copydesk.pipeline.extraction.refusing.decision import LISTINGS
from copydesk.pipeline.extraction.refusing.phrases import told_by
from copydesk.pipeline.extraction.refusing.signs import Signs, weight
from copydesk.pipeline.extraction.text.reading import Reading
from copydesk.pipeline.extraction.text.standfirst import STANDFIRST
from copydesk.pipeline.extraction.time.timestamps import read_time

FEW: Final = 15  # lines of a dump that may be a wall's, whose first lines are its headline
TOP: Final = 3
STAMP: Final = 45  # characters of a line that only says when
TEASER: Final = range(40, 420)  # characters of a summary
HEADLINE: Final = range(18, 130)
_DIGIT: Final = re.compile(r"\d")
_ENDS: Final = tuple(".!?…。！？।۔\"”»」')")


def signs_of(reading: Reading, url: str | None) -> Signs:
    """The signs of a dump."""
    texts = [line.text for line in reading.lines]
    body = tuple(line.text for line in reading.labelled(STANDFIRST, "body"))
    headline = reading.headline
    top = texts[: TOP if len(texts) <= FEW else 1]
    stamps = _stamps(texts)
    teasers = _teasers(texts, set(body), None)
    # of a page that does not call itself a list those count that stand beside a time
    if teasers and not any(points > 2 and kind in LISTINGS for text in texts[:8] for kind, points in told_by(text)):
        teasers = _teasers(texts, set(body), stamps) if len(stamps) > TOP else []
    prose = sum(map(weight, body))
    short = Counter(text for text in texts if 3 < len(text) <= 30 and text not in stamps)
    return Signs(
        titles=tuple(dict.fromkeys([headline, *top] if headline else top)),
        lines=tuple(texts[:300]),
        body=body,
        dated=reading.published is not None,
        authored=bool(reading.authors),
        teasers=len(teasers),
        teased=sum(map(weight, teasers)) / prose if prose else 0.0,
        stamps=len(stamps),
        again=max(short.values(), default=0),
        marked=frozenset(address_signs(url)),
    )


def _stamps(texts: list[str]) -> dict[str, None]:
    """Lines that only say when, each once."""
    short = (text for text in texts if 5 < len(text) <= STAMP and _DIGIT.search(text))
    return {text: None for text in short if read_time(text) is not None}


def _teasers(texts: list[str], body: set[str], stamps: dict[str, None] | None) -> list[str]:
    """Lines of the body that stand alone below a headline, as in a list of pages; beside a time, if any are given."""
    found = []
    for number, text in enumerate(texts):
        if text not in body or weight(text) not in TEASER:
            continue
        before, after = texts[max(0, number - 3) : number], texts[number + 1 : number + 3]
        headed = any(weight(line) in HEADLINE and not line.endswith(_ENDS) for line in before[-2:])
        alone = not any(weight(line) >= TEASER.start and line.endswith(_ENDS) for line in (*before[-1:], *after[:1]))
        if headed and alone and (stamps is None or any(line in stamps for line in (*before, *after))):
            found.append(text)
    return found
