"""The parts of an address, whatever a crawler calls one."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(url: str | None) -> SplitResult:
    """``url`` taken apart; all parts are empty where it is no address, as ``http://[`` is none."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")
