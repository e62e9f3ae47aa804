"""What an article says of a word anywhere in it: once after a title, "Okoro" is a person in every line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.annotation.entities.word_features import lists

PREPOSITIONS: Final = frozenset({"in", "at", "from", "near", "the"})
OLDEST: Final = 2  # digits of an age
ENDS: Final = frozenset('.!?:"“”')


def starts(words: Sequence[str]) -> list[bool]:
    """Whether each word opens a sentence or a quotation, where a capital says nothing."""
    found, at_start = [], True
    for word in words:
        found.append(at_start)
        at_start = word.isspace() or word in ENDS or (at_start and not word[0].isalnum())
    return found


def cues(words: Sequence[str], at_start: Sequence[bool]) -> dict[str, dict[str, None]]:
    """By capitalised word, what stood beside it anywhere in ``words``, in the order met."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    small = {word for word in words if word[0].islower()}
    for i, word in enumerate(words):
        if word[0].isupper():
            seen = found[word]
            seen |= dict.fromkeys([*_before(words, i, at_start), *_behind(words, i)])
            if word.lower() in small:
                seen["small"] = None
            if not at_start[i]:
                seen["mid"] = None
    return found


def _before(words: Sequence[str], i: int, at_start: Sequence[bool]) -> list[str]:
    if i == 0:
        return []
    before = words[i - 1].lower()
    seen = [f"{name}<" for name in ("title", "say") if name in lists(before)]
    if before in PREPOSITIONS:
        seen.append(f"{before}<")
    if words[i - 1][0].isupper():
        if not at_start[i - 1]:
            seen.append("capital<")
        if "given" in lists(before):
            seen.append("given<")
    if before == "(" and i + 1 < len(words) and words[i + 1] == ")":
        seen.append("()")
    return seen


def _behind(words: Sequence[str], i: int) -> list[str]:
    if i + 1 == len(words):
        return []
    behind = words[i + 1].lower()
    seen = [">say"] if "say" in lists(behind) else []
    if words[i + 1][0].isupper():
        seen.append(">capital")
        if "organisation" in lists(behind):
            seen.append(">organisation")
    elif behind in ("'s", "’s", "(", ",", "who", "whose"):
        seen.append(f">{behind}")
        if behind == "," and i + 2 < len(words) and words[i + 2].isdigit() and len(words[i + 2]) <= OLDEST:
            seen.append(">age")
    return seen
