"""Reads the visible text of a page: no tags, a line a block, menus and footers in.

Each line is labelled by what its words say; a small learned classifier, which also sees its neighbours and the run of
lines that together read most like prose, then tells which lines are body (``dump_lines``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pipeline.extraction import charset
from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.dump_lines import chances
from pipeline.extraction.errors import EmptyPage, PageTooLarge
from pipeline.extraction.headline import find_headline
from pipeline.extraction.html.people import split_names
from pipeline.extraction.html.timestamps import read_time
from pipeline.extraction.page import Page, Stamp
from pipeline.extraction.rights import is_notice
from schemas import RawArticle, Removed
from schemas.topics import MAX_PAGE_BYTES

MAX_LINES: Final = 20_000  # beyond it is no page of text but a listing or a log
SHORTEST_CAPTION: Final = 40  # characters of a repeated line that may be a caption rather than a menu
HEADER_LINES: Final = 15  # above the body, in which byline and time are looked for
WITHIN: Final = 0.35  # the same for a line that reads like prose amid the run that does most
THRESHOLD: Final = 0.6  # chance from which on a line is body; best of training/dump_lines.py --folds 3
NEVER: Final = frozenset({"caption", "share", "rights"})  # whatever stands around it
NEGATIVE: Final = -1.0  # worth of a line that is no prose
CAPTION: Final = 0.0  # of a caption, which often stands between paragraphs
_END: Final = re.compile(r"[.!?。！？…।۔]['\"”’»」』)\]]*$")
_BYLINE: Final = re.compile(r"^(?:by|von|por|par|di|door|av|af|text:|autor(?:in)?:|por:)\s+\S", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Line:
    """A line of the dump and what it is taken for."""

    text: str
    label: str
    worth: float
    """How much it reads like prose; negative: not."""


def read(raw: RawArticle) -> Page:
    """The parts of a text dump.

    Raises:
        EmptyPage, PageTooLarge: see ``pipeline.extraction.errors``.
    """
    lines = label(_lines(raw))
    start, end = _find_body(lines)
    if start == end:
        raise EmptyPage(f"no prose in {len(lines)} lines ({raw.url})")
    body = lines[start:end]
    header = lines[max(0, start - HEADER_LINES) : start]
    bylines = tuple(line.text for line in header + body if line.label == "byline")[:3]
    paragraphs = tuple(line.text for line in body if line.label == "body")
    title = find_headline(lines, start, "\n".join(paragraphs))
    captions = tuple(line.text for line in lines if line.label == "caption" and len(line.text) >= SHORTEST_CAPTION)
    used = {title, *bylines, *captions}
    removed = [
        Removed(kind=line.label if line.label != "body" else "outside the article", text=line.text)
        for number, line in enumerate(lines)
        if not (start <= number < end and line.label == "body") and line.text not in used
    ]
    return Page(
        title=title,
        paragraphs=paragraphs,
        bylines=bylines,
        captions=captions,
        removed=tuple(removed),
        published=_published(header, body),
    )


def _lines(raw: RawArticle) -> list[str]:
    page = raw.page
    size = len(page) if isinstance(page, bytes) else len(page.encode("utf-8", "surrogatepass"))
    if size > MAX_PAGE_BYTES:
        raise PageTooLarge(f"page is {size:,} bytes, limit is {MAX_PAGE_BYTES:,} ({raw.url})")
    text = page if isinstance(page, str) else charset.decode(page, raw.charset, raw.headers)
    found = [cleaned for line in text.splitlines() if (cleaned := clean_text(line))]
    if len(found) > MAX_LINES:
        raise PageTooLarge(f"page has {len(found):,} lines, limit is {MAX_LINES:,} ({raw.url})")
    return found


def label(texts: list[str]) -> list[Line]:
    """Each line with its label (body, caption, byline, time, share, related, comment, navigation, footer, …)."""
    repeated = {text for text, times in Counter(texts).items() if times > 1}
    lines = []
    after_caption_word = False
    for text in texts:
        kind = _kind(text)
        long_twice = text in repeated and len(text) >= SHORTEST_CAPTION
        if kind in (None, "rights") and (after_caption_word or long_twice):
            kind = "caption"
        elif kind is None and text in repeated:
            kind = "repeated"
        after_caption_word = kind == "caption" and len(text) < SHORTEST_CAPTION
        worth = _worth(text) if kind is None else CAPTION if kind == "caption" else NEGATIVE
        lines.append(Line(text, kind or ("body" if worth > 0 else "short"), worth))
    return lines


def _kind(text: str) -> str | None:
    """What a line is by its words alone."""
    folded = text.casefold()
    exact, beginnings, share_words = _chrome()
    if folded in exact:
        return exact[folded]
    if len(text) < 60 and share_words.issuperset(_WORD.findall(folded)):
        return "share"
    if len(text) < 120:
        for beginning, kind in beginnings:
            if folded.startswith(beginning):
                return kind
        if is_notice(text):
            return "rights"
        if _BYLINE.match(text) and any(True for _ in split_names(text)):
            return "byline"
        if len(text) < 60 and read_time(text):
            return "time"
    return None


def _worth(text: str) -> float:
    """How much a line reads like prose: long, and ended like a sentence."""
    length = len(text) * (2.5 if _CJK.search(text[:200]) else 1.0)
    ended = bool(_END.search(text[-5:]))
    if length < 40:
        return -0.5 if ended else NEGATIVE
    return min(length / 80, 4.0) * (1.0 if ended else 0.25) - (0.0 if ended else 0.6)


def _find_body(lines: list[Line]) -> tuple[int, int]:
    """Labels the lines of the body as such, and no others; returns the first and the end, equal if there is none."""
    run = best_run(lines)
    if run[0] == run[1]:
        return run
    chance = chances(lines, [line.worth for line in lines], run)
    found = [
        i
        for i, line in enumerate(lines)
        if line.label not in NEVER
        and chance[i] >= (WITHIN if line.label == "body" and run[0] <= i < run[1] else THRESHOLD)
    ]
    if not found:
        return run  # the best guess there is
    for line in lines:
        line.label = "outside the article" if line.label == "body" else line.label
    for i in found:
        lines[i].label = "body"
    return found[0], found[-1] + 1


def best_run(lines: list[Line]) -> tuple[int, int]:
    """The run of lines whose worth adds up highest, as (first, end)."""
    best, run = (0.0, 0, 0), (0.0, 0)
    for number, line in enumerate(lines):
        total, start = run
        run = (total + line.worth, start) if total > 0 else (line.worth, number)
        if run[0] > best[0]:
            best = (run[0], run[1], number + 1)
    return best[1], best[2]


def _published(header: list[Line], body: list[Line]) -> Stamp | None:
    """The time printed nearest the headline: the last above the body, else the first within or below it."""
    for line in (*reversed(header), *body):
        if line.label == "time" and (stamp := read_time(line.text)):
            return stamp
    return None


@cache
def _chrome() -> tuple[dict[str, str], tuple[tuple[str, str], ...], frozenset[str]]:
    lines = files("pipeline.extraction").joinpath("data/chrome.txt").read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    share_words = frozenset(text for kind, text in table if kind == "share words")
    exact = {text.rstrip("*"): kind for kind, text in table if kind != "share words"}
    return exact, tuple((text[:-1], kind) for kind, text in table if text.endswith("*")), share_words
