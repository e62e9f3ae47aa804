"""What a page's address says of it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from urllib.parse import parse_qsl

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.addresses.address import parts_of


def address_signs(url: str | None) -> set[str]:
    """Signs of ``decision.MARKED`` that the address gives; the last part of a path, a slug, tells only by itself."""
    if not url:
        return set()
    parts = parts_of(url)
    steps = [step for step in parts.path.casefold().split("/") if step]
    fields = [f"?{name.casefold()}" for name, value in parse_qsl(parts.query[:2_000]) if value]
    near = steps[-2:] if len(steps) < 4 else steps[-1:]  # /news/topics/2019/05/story is a story's
    return {sign for told in (*near, *fields) for sign in _table().get(told, ())}


@cache
def _table() -> dict[str, set[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for line in data_lines(__file__, "addresses.txt"):
        sign, told = line.split("\t")
        table[told].add(sign)
    return table
