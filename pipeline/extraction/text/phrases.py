"""What a line is by its words alone: the phrases that pages repeat the world over."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.rights import is_notice

KINDS: Final = ("share", "caption", "related", "comment", "navigation", "footer", "rights")
SHORT: Final = 120  # characters; a longer line is told by more than how it begins
_SHARE_BAR: Final = 60  # characters
_WORD: Final = re.compile(r"\w+")


@lru_cache(maxsize=50_000)  # the pages of a site repeat their lines
def kind_of(text: str) -> str | None:
    """One of ``KINDS``, or None for a line that no phrase gives away. ``text`` is shorter than ``SHORT``."""
    folded = text.casefold()
    exact, beginnings, share_words = _phrases()
    if folded in exact:
        return exact[folded]
    if begins := beginnings.match(folded):
        return begins.lastgroup
    if len(text) < _SHARE_BAR and share_words.issuperset(_WORD.findall(folded)):
        return "share"
    return "rights" if is_notice(text) else None


@cache
def _phrases() -> tuple[dict[str, str], re.Pattern[str], frozenset[str]]:
    table = [line.split("\t") for line in data_lines(__file__, "chrome.txt")]
    exact = {text.rstrip("*"): kind for kind, text in table if kind != "share words"}
    begin = {kind: [re.escape(text[:-1]) for of, text in table if of == kind and text.endswith("*")] for kind in KINDS}
    pattern = "|".join(f"(?P<{kind}>{'|'.join(texts)})" for kind, texts in begin.items() if texts)
    return exact, re.compile(pattern), frozenset(text for kind, text in table if kind == "share words")
