"""Titles and names as the scorer compares them."""

from __future__ import annotations

import re
import unicodedata


def fold_title(text: str) -> str:
    """Words without case, accents and punctuation, as the scorer compares them."""
    text = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c))))
