"""Which language writes a script that others do not, where a page does not say its language."""

from __future__ import annotations

import re
from typing import Final

LEAST: Final = 10  # letters of the script
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3041-\u30fa]")),  # before Chinese: Japanese has its letters, too
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
)


def language_of_script(text: str) -> str | None:
    """``ja``, ``ko`` or ``zh`` where ``text`` has letters of theirs; None where none tells."""
    return next((language for language, letters in _SCRIPTS if len(letters.findall(text)) >= LEAST), None)
