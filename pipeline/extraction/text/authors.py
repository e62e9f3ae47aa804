"""Would-be names of authors in lines that may be bylines, and what tells an author from others who are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from copydesk.pipeline.extraction.names.agency import usual_name
from copydesk.pipeline.extraction.names.byline_words import is_no_name, is_particle, joins, lead_of, words
from copydesk.pipeline.extraction.text.features import Floats, Integers
from copydesk.pipeline.extraction.text.roles import Frame
from copydesk.pipeline.given_names import given_names

MOST_WORDS: Final = 5
MOST_SPANS: Final = 40  # of a line
LONGEST_RUN: Final = 8  # words in a row that are written like names
MOST_LINES: Final = 6
LIKELY: Final = 0.03  # of the chance of the likeliest line; one below is not looked at
MOST: Final = 10
LEAST: Final = 0.15  # chance from which on a name is an author's
SHARE: Final = 0.5  # of the chance of the likeliest name
NAMES: Final = (
    *("line", "line_rank", "below_headline", "from_headline", "below_body_start", "below_body_end", "body"),
    *("line_length", "length", "words", "words_left", "words_right", "opens", "closes", "share"),
    *(
        "after_lead",
        "right_after_lead",
        "glued",
        "first_known",
        "known",
        "last_known",
        "particle",
        "shouted",
        "initial",
    ),
    *("agency", "no_name", "clock", "comma_after", "bar_after", "comma_before"),
    *("bar_before", "bracket_before", "digit_after", "digit_before", "and_after", "and_before", "words_before"),
    *("words_after", "line_ends", "verb_after", "picture", "unspaced", "above_length", "below_length", "above_digits"),
    *("below_digits", "above_lead", "line_digits", "line_commas", "on_page", "alone_on_page", "in_lede"),
)

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.·‐-](?=[^\W\d_])|(?<=[.\s][^\W\d_])\.|(?<=^[^\W\d_])\.)*")
_GLUED: Final = re.compile(r"^(?:by|von|par|por)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])", re.IGNORECASE)
_GLUED_WORDS: Final = re.compile(r"(?<=[a-zß-öø-ÿ]{2})(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2})")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・]{2,10}$")
_PICTURE: Final = re.compile(r"©|photo|foto|getty|bild|image|imago|\bdpa/|archiv", re.IGNORECASE)
_IS: Final = frozenset({"is", "ist", "est", "es", "war", "was", "are", "has", "hat"})  # opens a biography
_DIGITS: Final = re.compile(r"\d")
_BARS: Final = frozenset("|–-—/·•")
_BARS_BEFORE: Final = _BARS | {":"}
_BRACKETS: Final = frozenset("(©")


class Span(NamedTuple):
    """A would-be name in a line."""

    line: int
    name: str
    start: int
    end: int
    left: int  # words of the same run before it
    right: int


def likeliest(lines: Integers, chance: Floats) -> dict[int, float]:
    """The lines that most likely are bylines, with their chance."""
    best = np.argsort(-chance, kind="stable")[:MOST_LINES]
    return {int(lines[i]): float(chance[i]) for i in best if chance[i] >= LIKELY * chance[best[0]]}


def spans(number: int, text: str) -> list[Span]:
    """Every run of up to five words in ``text`` that is written like a name, and every part of it that is."""
    found: list[Span] = []
    run: list[tuple[int, int]] = []
    for start, end in _words(text):
        if run and text[run[-1][1] : start].strip():
            found += _parts(number, text, run)
            run = []
        if _like_name(text[start:end], bool(run)):
            run.append((start, end))
        elif run:
            found += _parts(number, text, run)
            run = []
        if len(found) > MOST_SPANS:
            break
    return (found + _parts(number, text, run))[:MOST_SPANS]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where words start and end; two that markup glued together, as in ``By Ann LeeReporter``, are two."""
    glued = _GLUED.match(text)
    for word in _WORD.finditer(text, glued.end() if glued else 0):
        start = word.start()
        for cut in _GLUED_WORDS.finditer(text, start + 1, word.end()):
            yield start, cut.start()
            start = cut.start()
        yield start, word.end()


def _like_name(word: str, inside: bool) -> bool:
    if word[0].isupper() or (inside and is_particle(word)):
        return True
    return _UNSPACED.match(word) is not None or (word.islower() and usual_name(word) is not None)


def without_role(name: str) -> str:
    """``name`` without the word behind it that says what an author is, as 기자 does."""
    first, _, last = name.rpartition(" ")
    return first if first and last in words("role") else name


def _parts(number: int, text: str, run: list[tuple[int, int]]) -> list[Span]:
    if len(run) > LONGEST_RUN:  # a headline: Names Do Not Go On For So Long
        return []
    parts = []
    for first in range(len(run)):
        for end in range(first + 1, min(len(run), first + MOST_WORDS) + 1):
            start, stop = run[first][0], run[end - 1][1]
            if not is_particle(text[run[end - 1][0] : stop]):
                parts.append(Span(number, text[start:stop], start, stop, first, len(run) - end))
    return parts


def features(
    found: Sequence[Span],
    texts: Sequence[str],
    chance: Floats,
    likely: dict[int, float],
    frame: Frame,
) -> Floats:
    """Spans x NAMES; ``likely`` says how likely each line is a byline, ``chance`` how likely body."""
    page = "\n".join(texts)
    alone = set(texts)
    lede = "\n".join(texts[frame.start : min(frame.end, frame.start + 6)])
    ranks = {number: rank for rank, number in enumerate(sorted(likely, key=lambda n: -likely[n]))}
    counts = {name: min(page.count(name), 6) for name in {part.name for part in found}}
    lines = {number: _line(number, texts) for number in {part.line for part in found}}
    places = {number: (likely[number], ranks[number], *_place(number, frame), chance[number]) for number in lines}
    table = [
        (
            *places[part.line],
            *_own(part, texts[part.line], lines[part.line]),
            counts[part.name],
            part.name in alone,
            part.name in lede,
        )
        for part in found
    ]
    return np.array(table, dtype=np.float32).reshape(-1, len(NAMES))


def _place(number: int, frame: Frame) -> tuple[int, int, int, int]:
    """Where a line stands to the headline, to the body's start and to its end."""
    below = number - frame.headline
    return (
        max(-30, min(below, 60)),
        min(abs(below), 60),
        max(-60, min(number - frame.start, 60)),
        max(-60, min(number - frame.end, 60)),
    )


def _line(number: int, texts: Sequence[str]) -> tuple[float, ...]:
    """What is the same for all names of a line."""
    text = texts[number]
    above = texts[number - 1] if number else ""
    below = texts[number + 1] if number + 1 < len(texts) else ""
    return (
        lead_of(text),
        len(above),
        len(below),
        len(_DIGITS.findall(above[:120])),
        len(_DIGITS.findall(below[:120])),
        lead_of(above[:120]) > 0,
        len(_DIGITS.findall(text)),
        text.count(","),
        _PICTURE.search(text) is not None,
        _GLUED.match(text) is not None,
    )


def _own(part: Span, text: str, line: tuple[float, ...]) -> tuple[float, ...]:
    words = part.name.split()
    folded = [word.casefold().strip(".") for word in words]
    before, after = text[: part.start].rstrip(), text[part.end :].lstrip()
    words_before, words_after = before.split(), after.split()
    last_before = words_before[-1].casefold().strip(",;:|") if before else ""
    next_after = words_after[0].casefold().strip(",;:|") if after else ""
    lead, above, below, above_digits, below_digits, above_lead, digits, commas, picture, glued = line
    known = [word in given_names() for word in folded]
    return (
        len(text), len(part.name), len(words), part.left, part.right, not before, not after, len(part.name) / len(text),
        0 < lead <= part.start, lead > 0 and part.start - 1 <= lead <= part.start, glued,
        known[0], sum(known), known[-1], any(map(is_particle, words)),
        sum(word.isupper() and len(word) > 2 for word in words), min(map(len, folded)) <= 2,
        usual_name(part.name) is not None, is_no_name(part.name),
        digits > 3, after[:1] == ",", after[:1] in _BARS, before[-1:] == ",",
        before[-1:] in _BARS_BEFORE, before[-1:] in _BRACKETS, after[:1].isdigit(), before[-1:].isdigit(),
        joins(next_after), joins(last_before), len(words_before), len(words_after), text[-1] in ".!?。",
        next_after in _IS, picture, _UNSPACED.match(part.name) is not None,
        above, below, above_digits, below_digits, above_lead, digits, commas,
    )  # fmt: skip


def choose(found: Sequence[Span], chances: Floats) -> tuple[Span, ...]:
    """The likeliest names, none a part of another, each at least ``SHARE`` times as likely as the first."""
    chosen: dict[str, Span] = {}
    order = np.argsort(-chances, kind="stable")
    for index in order.tolist():
        if chances[index] < max(LEAST, SHARE * chances[order[0]]) or len(chosen) == MOST:
            break
        name = found[index].name
        padded = f" {name.casefold()} "
        if not any(padded in other or other in padded for other in chosen):
            chosen[padded] = found[index]
    return tuple(sorted(chosen.values(), key=lambda part: (part.line, part.start)))
