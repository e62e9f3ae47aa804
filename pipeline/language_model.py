"""py3langid's model, asked for the n-grams of all places of a text at once: in a loop most of the time goes by waiting.

Reference:
    Lui and Baldwin, langid.py, ACL 2012; py3langid.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np
from py3langid.langid import LanguageIdentifier

LONGEST: Final = 6  # bytes of an n-gram that the model knows


class AtOnce(LanguageIdentifier):  # type: ignore[misc]
    """The same languages with the same confidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See ``LanguageIdentifier``."""
        super().__init__(*args, **kwargs)
        self._moves = np.asarray(self.tk_nextmove)
        self._rows = np.asarray(self.tk_row, dtype=np.int64) << 8
        self._grams = np.asarray(self.tk_output)

    def _raw_score(self, text: bytes) -> Any:
        visits = self.visits(text)
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(text)

    def visits(self, text: bytes) -> Counter[int]:
        """How often each n-gram stands in ``text``.

        The state of the model's automaton is the longest beginning of an n-gram that the bytes read last are: it is
        reached from the start by ``LONGEST`` of them.
        """
        codes = np.frombuffer(text, dtype=np.uint8)
        states = np.zeros(len(codes), dtype=np.int64)
        for back in reversed(range(min(LONGEST, len(codes)))):
            states[back:] = self._moves[self._rows[states[back:]] + codes[: len(codes) - back]]
        found = self._grams[states]
        return Counter(found[found >= 0].tolist())
