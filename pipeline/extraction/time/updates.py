"""Whether a printed time is one of publication or of a later change."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from copydesk.pipeline.data_lines import data_lines


def update_in(text: str) -> int | None:
    """Where words begin in ``text`` that speak of a change; None where it speaks of none."""
    found = _words("update_words.txt").search(_lower(text))
    return found.start() if found else None


def before_update(text: str) -> str:
    """The part of ``text`` that may tell when it was published: empty where it only speaks of a change."""
    return _told(text)[0]


def from_update(text: str) -> str:
    """The part of ``text`` that speaks of a change; empty where it speaks of none."""
    return _told(text)[1]


@lru_cache(maxsize=512)  # both parts are asked for
def _told(text: str) -> tuple[str, str]:
    """The parts of ``text`` that speak of publication and of a change.

    A label stands before its time, or behind it where the text begins with a time and ends with a label; a time before
    the first label is of publication.
    """
    at = update_in(text)
    if at is None:
        return text, ""
    lower = _lower(text)
    labels = sorted(
        [(match.start(), match.end(), True) for match in _words("update_words.txt").finditer(lower)]
        + [(match.start(), match.end(), False) for match in _words("published_words.txt").finditer(lower)]
    )
    labels = [label for number, label in enumerate(labels) if not number or label[0] >= labels[number - 1][1]]
    head, starts = text[: labels[0][0]], [start for start, _, _ in labels]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if _has_digit(head) and not _has_digit(parts[-1]) and len(labels) > 1:  # labels behind their times
        parts = [head, *parts[:-1]]
    elif _has_digit(head):
        return head, next((part for part, label in zip(parts, labels, strict=True) if label[2]), "")
    first = {False: "", True: ""}
    for part, label in zip(parts, labels, strict=True):
        if not _has_digit(first[label[2]]):
            first[label[2]] = part
    return (first[False] if _has_digit(first[False]) else ""), first[True]


def _lower(text: str) -> str:
    """``text`` in lower case, its characters where they were."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


@cache
def _words(name: str) -> re.Pattern[str]:
    """Words of ``update_words.txt`` are found anywhere, class names among them; others where a word begins."""
    begins = "" if name == "update_words.txt" else r"(?<![^\W\d_])"
    return re.compile(begins + f"(?:{'|'.join(map(re.escape, data_lines(__file__, name)))})")
