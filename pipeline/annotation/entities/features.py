"""What the trained tagger sees of each token of an article: itself, its neighbours, its line, and the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Doc

from copydesk.pipeline.annotation.entities.cues import cues, starts
from copydesk.pipeline.annotation.entities.word_features import features, kind_of_place, shape

LONGEST_PLACE: Final = 4  # words
LONGEST_SEQUENCE: Final = 400  # tokens that are labelled at once; memory grows with it
OUTSIDE: Final = "O"
IN_CAPITALS: Final = 0.7  # share of a line's words
IN_TITLE_CASE: Final = 0.6


def sequences(doc: Doc) -> Iterator[tuple[int, int]]:
    """The stretches of ``doc`` that are labelled at once, as (start, end): lines, cut where they are very long."""
    start = 0
    for token in doc:
        if "\n" in token.text or token.i - start == LONGEST_SEQUENCE:
            if token.i > start:
                yield start, token.i
            start = token.i if "\n" not in token.text else token.i + 1
    if start < len(doc):
        yield start, len(doc)


def tags(doc: Doc) -> list[str]:
    """The entities of ``doc`` as a tag a token: ``B-ORG``, ``I-ORG``, ``O``."""
    return [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else OUTSIDE for token in doc]


def see(doc: Doc) -> list[list[str]]:
    """A list of strings for each token of ``doc``, whose entities, if any, are what the rules think."""
    words = [token.text for token in doc]
    at_start, rules, places, casing = starts(words), tags(doc), _places(doc, words), _casing(doc, words)
    said = cues(words, at_start)
    often = Counter(words)
    seen = []
    for i, word in enumerate(words):
        found = ["bias", *features(word, 0), *_around(words, i), *_marks(rules, i, "r"), *_marks(places, i, "g")]
        if at_start[i]:
            found += ["start", f"start{shape(word)}"]
        if casing[i]:
            found.append(f"line={casing[i]}{shape(word)}")
        if word[0].isupper():
            found += _said(words, i, said)
            found.append(f"often={min(often[word], 3)}")
            if rules[i] == OUTSIDE:
                found.append("r=capital")
            if at_start[i]:
                found.append("start,small" if "small" in said[word] else f"start,mid={'mid' in said[word]}")
        seen.append(found)
    return seen


def _around(words: Sequence[str], i: int) -> list[str]:
    lower = words[i].lower()
    found: list[str] = []
    for offset in (-2, -1, 1, 2):
        if 0 <= i + offset < len(words):
            found += features(words[i + offset], offset)
    before, behind = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
    found += [f"ww={before.lower()}|{lower}", f"WW={lower}|{behind.lower()}"]
    found.append(f"sss={shape(before)}|{shape(words[i])}|{shape(behind)}")
    return found


def _marks(marks: Sequence[str], i: int, name: str) -> list[str]:
    """The mark of a token, of its neighbours, and of the three together, where there is one."""
    before, behind = marks[i - 1] if i else "^", marks[i + 1] if i + 1 < len(marks) else "$"
    if before == marks[i] == behind == OUTSIDE:
        return []
    return [f"{name}={marks[i]}", f"{name}-={before}", f"{name}+={behind}", f"{name}{name}={before}{marks[i]}{behind}"]


def _said(words: Sequence[str], i: int, said: dict[str, dict[str, None]]) -> list[str]:
    found = [f"d={cue}" for cue in said[words[i]]]
    if i and words[i - 1] in said:
        found += [f"d-={cue}" for cue in said[words[i - 1]]]
    if i + 1 < len(words) and words[i + 1] in said:
        found += [f"d+={cue}" for cue in said[words[i + 1]]]
    return found


def _places(doc: Doc, words: Sequence[str]) -> list[str]:
    """What the gazetteer knows, the longest names first, as tags."""
    marks = [OUTSIDE] * len(words)
    i = 0
    while i < len(words):
        length = 1
        if words[i][0].isupper():
            for length in range(min(LONGEST_PLACE, len(words) - i), 0, -1):
                if not words[i + length - 1][0].isupper():
                    continue
                if kind := kind_of_place(doc[i : i + length].text if length > 1 else words[i]):
                    several = "+" if length > 1 else ""
                    marks[i : i + length] = [f"B{kind}{several}", *[f"I{kind}{several}"] * (length - 1)]
                    break
        i += length
    return marks


def _casing(doc: Doc, words: Sequence[str]) -> list[str]:
    """For each token, whether its line is set in capitals or in title case, as headlines are."""
    casing = [""] * len(words)
    for start, end in sequences(doc):
        alphabetic = [word for word in words[start:end] if word.isalpha() and len(word) > 1]
        if len(alphabetic) > 2:
            if sum(map(str.isupper, alphabetic)) > IN_CAPITALS * len(alphabetic):
                casing[start:end] = ["capitals"] * (end - start)
            elif sum(word[0].isupper() for word in alphabetic) > IN_TITLE_CASE * len(alphabetic):
                casing[start:end] = ["title"] * (end - start)
    return casing
