"""What each line of a dump is: body first, then the headline, then what is told by where those two stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from copydesk.pipeline.extraction.confidence import expected_f1
from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.text import authors, bylines, live, roles, standfirst
from copydesk.pipeline.extraction.text.characters import Characters
from copydesk.pipeline.extraction.text.features import NAMES, Floats, Integers, best_run, features
from copydesk.pipeline.extraction.text.lines import Line
from copydesk.pipeline.extraction.text.phrases import KINDS
from copydesk.pipeline.extraction.text.weights import weights
from copydesk.pipeline.extraction.time.imprint import Imprint, imprint_of, is_either_way
from copydesk.pipeline.extraction.time.telling import is_sentence, url_day
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.time.updates import before_update, from_update

BODY: Final = 0.5  # a page none of whose lines is as likely body as this is read by prose alone
HEADLINE, TIME, BYLINE = 0.05, 0.1, 0.5  # chances below which there is none
NEVER: Final = frozenset({"caption", "share", "rights"})  # never body, whatever stands around it
UNTIMELY: Final = frozenset({"caption", "comment", "related"})  # whose time is not the article's
SEEN: Final = 2_000  # characters of a line that are looked at; the rest of it goes where they go
ZONES: Final = timedelta(hours=14)  # that clocks may differ by
WITHIN: Final = 5  # lines of the time of publication in which the time of a change stands
SHORTEST_CAPTION: Final = 40  # characters of a line printed twice that may be a caption rather than a menu
OUTSIDE: Final = "outside the article"


@dataclass(frozen=True, slots=True)
class Reading:
    """``labels`` and ``chances`` (of being body) hold one entry a line, ``table`` one row, see ``features``."""

    lines: list[Line]
    table: Floats
    chances: Floats
    labels: list[str]
    published: Stamp | None = None
    modified: Stamp | None = None
    authors: tuple[str, ...] = ()

    def labelled(self, *labels: str) -> list[Line]:
        """The lines taken for one of ``labels``, in page order."""
        return [line for line, taken in zip(self.lines, self.labels, strict=True) if taken in labels]

    @property
    def headline(self) -> str | None:
        """The headline, if a line is one."""
        return next((line.text for line in self.labelled("headline")), None)

    @property
    def confidence(self) -> float:
        """See ``expected_f1``."""
        kept = [label in ("body", standfirst.STANDFIRST) for label in self.labels]
        return expected_f1([len(line.text) for line in self.lines], self.chances, kept)


def read_lines(
    lines: list[Line],
    url: str | None,
    fetched_at: datetime,
    imprint: Imprint | None = None,
    others: frozenset[int] = frozenset(),
) -> Reading:
    """What each of ``lines`` is.

    Args:
        url: the page's address, whose words are mostly the headline's.
        imprint: how the site writes times, where more is known than the lines tell.
        others: numbers of lines whose times are those of something else.
    """
    if not lines:
        return Reading([], np.empty((0, len(NAMES)), dtype=np.float32), np.empty(0, dtype=np.float32), [])
    learned, texts = weights(), [line.text[:SEEN] for line in lines]
    table = features(texts, Characters.of(texts), learned.lexicon, url)
    chances = learned.trees["body"].probabilities(table)
    labels = body_labels(texts, table, chances)
    entries = live.entry_times(texts, url)
    live.keep_entries(texts, labels, chances, entries, "body")
    others |= frozenset(entries)
    span = roles.body_span(table, chances)
    rows = roles.rows(table, chances, span, texts)
    headline = _likeliest("headline", rows, roles.headline_lines(table, span), HEADLINE)
    frame = roles.Frame(span[0] if headline is None else headline, *span)
    rows = roles.seen_from(rows, frame.headline)
    timely = [
        number
        for number in roles.time_lines(table, frame).tolist()
        if number not in others and labels[number] not in UNTIMELY and not _is_story(texts[number], labels[number])
    ]
    time, published, modified = _times(rows, timely, texts, imprint or imprint_of(url, (), fetched_at, texts), url)
    names, named = _names(rows, roles.byline_lines(table, frame), texts, chances, frame)
    _give_roles(labels, chances, {"time": [time], "byline": named, "headline": [headline]})
    if (apart := standfirst.find_standfirst(texts, labels, chances)) is not None:
        labels[apart] = standfirst.STANDFIRST
    return Reading(lines, table, chances, labels, published, modified, names)


def body_labels(texts: list[str], table: Floats, chances: Floats) -> list[str]:
    """Each line's label as far as its words and its chance of being body tell."""
    labels = _by_words(texts, table)
    chances = np.where([label in NEVER for label in labels], 0.0, chances)
    if chances.max() >= BODY:
        body = np.flatnonzero(chances >= _cut(chances, np.expm1(table[:, NAMES.index("length")])))
    else:  # the best guess there is
        body = np.arange(*best_run(table[:, NAMES.index("prose")]))
    for number in body.tolist():
        labels[number] = "body"
    return labels


def _cut(chances: Floats, sizes: Floats) -> float:
    """The chance from which on lines are kept for the F1 that is highest, over characters, if the chances are true."""
    order = np.argsort(-chances, kind="stable")
    likely = chances[order] * sizes[order]
    expected = 2 * np.cumsum(likely) / (np.cumsum(sizes[order]) + likely.sum())
    return float(chances[order[expected.argmax()]])


def _give_roles(labels: list[str], chances: Floats, roles_of: dict[str, list[int | None]]) -> None:
    """Labels the lines that have a role.

    A paragraph that names a day or a person stays a paragraph; and the only line of prose is the article, whatever else
    it could be.
    """
    for role, numbers in roles_of.items():
        for number in numbers:
            if number is None:
                continue
            only = labels[number] == "body" and labels.count("body") == 1
            paragraph = labels[number] == "body" and chances[number] >= BODY and role != "headline"
            if not (only or paragraph):
                labels[number] = role


def _by_words(texts: list[str], table: Floats) -> list[str]:
    kinds = table[:, NAMES.index("kind")].astype(int).tolist()
    labels = [KINDS[kind - 1] if kind else OUTSIDE for kind in kinds]
    again = (table[:, NAMES.index("times_seen")] > 1).tolist()
    caption_next = False
    for number, (text, twice) in enumerate(zip(texts, again, strict=True)):
        long = len(text) >= SHORTEST_CAPTION
        if labels[number] in (OUTSIDE, "rights") and (caption_next or (twice and long)):
            labels[number] = "caption"
        elif labels[number] == OUTSIDE and twice:
            labels[number] = "repeated"
        caption_next = labels[number] == "caption" and not long  # "view larger image", and below it the caption
        if labels[number] == "caption" and not long:
            labels[number] = "picture"
    return labels


def _is_story(text: str, label: str) -> bool:
    """Whether a line is a sentence of the story's own: a day that it names is of what it tells."""
    return label == "body" and is_sentence(text)


def _time(text: str, imprint: Imprint) -> Stamp | None:
    """The time in ``text``; where nothing tells how to read 3/4/2026, the way that lies less long before the fetch."""
    if imprint.country or imprint.language or not is_either_way(text) or imprint.month_first:
        return read_time(text, imprint)
    either = [stamp for order in (None, "mdy") if (stamp := read_time(text, replace(imprint, order=order, texts=())))]
    return min(either, key=lambda stamp: _ago(stamp, imprint.fetched_at), default=None)


def _change(text: str, imprint: Imprint) -> Stamp | None:
    return _time(told, imprint) if (told := from_update(text)) else None


def _ago(stamp: Stamp, fetched_at: datetime | None) -> tuple[bool, timedelta]:
    """Whether the time is to come, and how far off it is."""
    past = (fetched_at or stamp.when).replace(tzinfo=None) - stamp.when.replace(tzinfo=None)
    return past < -ZONES, abs(past)


def _times(
    rows: Floats, numbers: list[int], texts: list[str], imprint: Imprint, url: str | None
) -> tuple[int | None, Stamp | None, Stamp | None]:
    """The line that tells when the article was published, that time, and the one of a later change told near it.

    A line that speaks of a change only is taken where no other is likely; the day in the address where no line is.
    """
    first = {number: stamp for number in numbers if (stamp := _time(before_update(texts[number]), imprint))}
    either = {number: stamp for number in numbers if (stamp := first.get(number) or _change(texts[number], imprint))}
    for stamps in (first, either):
        line = _likeliest("time", rows, np.array(list(stamps), dtype=np.int64), TIME)
        if line is not None:
            published = stamps[line]
            near = [number for number in either if abs(number - line) <= WITHIN]
            told = (_change(texts[number], imprint) for number in near)
            return line, published, next((stamp for stamp in told if stamp and not _is_before(stamp, published)), None)
    return None, url_day(url), None


def _is_before(stamp: Stamp, other: Stamp) -> bool:
    return stamp.when.replace(tzinfo=None) < other.when.replace(tzinfo=None)


def _names(
    rows: Floats, numbers: Integers, texts: list[str], chances: Floats, frame: roles.Frame
) -> tuple[tuple[str, ...], list[int | None]]:
    """The authors, and the lines that name them or are bylines without a name: "By our own correspondent"."""
    trees = weights().trees
    chance = trees["byline"].probabilities(rows[numbers])
    likely = authors.likeliest(numbers, chance)
    found = [part for number in likely for part in authors.spans(number, texts[number])]
    table = authors.features(found, texts, chances, likely, frame)
    chosen = authors.choose(found, trees["author"].probabilities(table))
    sure = bylines.labelled(texts, numbers.tolist(), frame)
    lines = {*sure, *(part.line for part in chosen), *(number for number, p in likely.items() if p >= BYLINE)}
    return tuple(dict.fromkeys(bylines.named(chosen, texts, sure))), list(lines)


def _likeliest(task: str, rows: Floats, numbers: Integers, least: float) -> int | None:
    if not len(numbers):
        return None
    chance = weights().trees[task].probabilities(rows[numbers])
    best = int(chance.argmax())
    return int(numbers[best]) if chance[best] >= least else None
