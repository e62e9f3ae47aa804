"""Keywords: the words a text uses most, stop words of its language left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import Final

import spacy.lang

MOST: Final = 8
FEWEST_USES: Final = 2
_LANGUAGES: Final = Path(spacy.lang.__file__).parent
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]{3,}")


def keywords(text: str, language: str) -> tuple[str, ...]:
    """Up to eight words used twice or more, the most used first, then in order of appearance; case folded.

    A plain count: no background list is consulted. Languages written without spaces yield none.
    """
    stop = stop_words(language)
    words = [word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]
    counts = Counter(word for word in words if word not in stop)
    return tuple(word for word, uses in counts.most_common(MOST) if uses >= FEWEST_USES)


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing by themselves; none of a language that spaCy does not know."""
    # From spaCy's file alone: importing the language compiles its tokenizer, 2.3 s of a process' first French page.
    file = _LANGUAGES / language / "stop_words.py"
    return frozenset(run_path(str(file))["STOP_WORDS"]) if language.isalpha() and file.exists() else frozenset()
