"""The names of the months, in many languages."""

from __future__ import annotations

from functools import cache

from copydesk.pipeline.data_lines import data_lines


@cache
def months() -> dict[str, int]:
    """The number of each month (1 to 12), by its names, case folded."""
    table = (line.split() for line in data_lines(__file__, "months.txt"))
    return {name: int(number) for number, *names in table for name in names}
