"""Countries by what other languages call them: "Deutschland", "ドイツ", "Германия"."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.gazetteer import DATA, Entry, country
from copydesk.pipeline.gazetteer.table import fold


def abroad(name: str) -> tuple[Entry, ...]:
    """The country that some language calls ``name``, in any case; else nothing."""
    code = _codes().get(fold(name))
    return country(code) if code else ()


@cache
def _codes() -> dict[str, str]:
    lines = (DATA / "exonyms.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
