"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from copydesk.schemas import Language

ENOUGH: Final = 20  # letters; below that a guess says more about names than about the language
WRITTEN: Final = {"wuu": "zh"}  # what speakers of Wu write is Chinese
READ: Final = 400  # characters; a thousand give the same language on 650 of 651 gold bodies


def identify(text: str) -> Language:
    """The language of ``text`` by its first characters; ``und`` when there are too few letters.

    Reference:
        Lui and Baldwin, langid.py, ACL 2012; py3langid.
    """
    head = text[:READ]
    if sum(map(str.isalpha, head)) < ENOUGH:
        return Language(code="und", confidence=0.0)
    code, confidence = _identifier().classify(head)
    return Language(code=WRITTEN.get(code, code), confidence=round(float(confidence), 4))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE  # noqa: PLC0415 - half a second to import

    from copydesk.pipeline.language_model import AtOnce  # noqa: PLC0415 - imports it, too

    return AtOnce.from_model_file(MODEL_FILE, norm_probs=True)
