"""The visible text of a page to its parts: no tags, a line a block, menus and footers in."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Final, Literal, get_args

from copydesk.pipeline.extraction.characters.clean_text import count_hidden
from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.pipeline.extraction.errors import EmptyPage
from copydesk.pipeline.extraction.page import Page
from copydesk.pipeline.extraction.refusing.decision import refuse_if_none, refuse_mere_offer
from copydesk.pipeline.extraction.refusing.offers import NEXT, offer_in, offered_below
from copydesk.pipeline.extraction.refusing.signs import weight
from copydesk.pipeline.extraction.text.letter import decoded, is_coded, open_letter
from copydesk.pipeline.extraction.text.lines import lines_of
from copydesk.pipeline.extraction.text.live import ENTRY_TIME
from copydesk.pipeline.extraction.text.reading import Reading, read_lines
from copydesk.pipeline.extraction.text.signs import signs_of
from copydesk.pipeline.extraction.text.standfirst import STANDFIRST
from copydesk.pipeline.extraction.text.wrapped import joined
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.schemas import Kept, RawArticle, Removed

Part = Literal["headline", "byline", "time", "caption", "body"]
PARTS: Final[dict[str, Part]] = {**{part: part for part in get_args(Part)}, STANDFIRST: "body"}  # of the text, too


def read(raw: RawArticle) -> Page:
    """The parts of a text dump.

    Raises:
        EmptyPage, NotAnArticle, PageTooLarge: see ``copydesk.pipeline.extraction.errors``.
    """
    text = text_of(raw)
    coded = is_coded(text)
    text = decoded(text) if coded else text
    lines = lines_of(text, raw.url)
    letter = open_letter(lines)
    reading = read_lines(joined(letter.lines if letter else lines, text), raw.url, raw.fetched_at)
    if not reading.lines:
        raise EmptyPage(f"no line holds anything to read ({raw.url})")
    refuse_if_none(signs_of(reading, raw.url), raw.url)
    offered = _mark_offer(reading)
    body = reading.labelled("body")
    refuse_mere_offer(body, raw.url)
    labelled = zip(reading.lines, reading.labels, strict=True)
    return Page(
        title=letter.subject if letter else reading.headline,
        standfirst=next((line.text for line in reading.labelled(STANDFIRST)), None),
        paragraphs=tuple(line.text for line in reading.labelled(STANDFIRST, "body")),
        bylines=tuple(line.text for line in reading.labelled("byline")),
        authors=reading.authors,
        captions=tuple(line.text for line in reading.labelled("caption")),
        removed=(*(letter.removed if letter else ()), *_removed(reading)),
        published=(read_time(letter.date) if letter and letter.date else None) or reading.published,
        modified=reading.modified,
        kind=_kind(reading, offered=offered),
        access="stub" if offered else None,
        confidence=reading.confidence,
        kept=()
        if coded  # its places are those of the text behind the code
        else tuple(
            Kept(part=PARTS[label], start=line.start, end=line.end) for line, label in labelled if label in PARTS
        ),
        hidden_characters=count_hidden(text),
    )


def _kind(reading: Reading, *, offered: bool) -> str:
    return "live-blog" if ENTRY_TIME in reading.labels else "paywalled-stub" if offered else "article"


def _mark_offer(reading: Reading) -> bool:
    """Label the offer to subscribe below the text as what it is; whether there is one."""
    numbers = [number for number, label in enumerate(reading.labels) if label == "body"]
    offer = offer_in([reading.lines[number].text for number in numbers])
    for i in offer:
        reading.labels[numbers[i]] = "subscribe"
    if offer or not numbers:
        return bool(offer)
    below = [line.text for line in reading.lines[numbers[-1] + 1 :][:NEXT]]
    return offered_below(below, sum(weight(reading.lines[number].text) for number in numbers))


def _removed(reading: Reading) -> tuple[Removed, ...]:
    """What was cut; neighbours cut for the same reason are one piece, a line each."""
    cut = groupby(zip(reading.labels, reading.lines, strict=True), key=itemgetter(0))
    return tuple(
        Removed(kind=label, text="\n".join(line.text for _, line in lines))
        for label, lines in cut
        if label not in PARTS
    )
