"""Keywords: the words a text uses most, stop words of its language left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from spacy.util import get_lang_class

MOST: Final = 8
FEWEST_USES: Final = 2
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]{3,}")


def keywords(text: str, language: str) -> tuple[str, ...]:
    """Up to eight words used twice or more, the most used first, then in order of appearance; case folded.

    A plain count: no background list is consulted. Languages written without spaces yield none.
    """
    stop = _stop_words(language)
    words = [word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]
    counts = Counter(word for word in words if word not in stop)
    return tuple(word for word, uses in counts.most_common(MOST) if uses >= FEWEST_USES)


@cache
def _stop_words(language: str) -> frozenset[str]:
    try:
        return frozenset(get_lang_class(language).Defaults.stop_words)
    except ImportError:  # spaCy does not know the language
        return frozenset()
