"""Where everything stands on the picture. What there is comes from the code; what has no place here is an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docs.map.pen import Box

WIDTH, HEIGHT = 1080.0, 1104.0
LEFT, INNER = 56.0, 72.0  # of a folder's wall, and of what is in it
SPAN = 978.0  # of what is in a folder
GAP = 12.0
THIRD = (SPAN - 2 * GAP) / 3
RIGHT = INNER + SPAN
COLUMNS = (INNER + 98, INNER + THIRD + GAP / 2, INNER + 2 * THIRD + GAP * 1.5, RIGHT - 76)  # of topics: their centres


class Unplaced(Exception):
    """Something in the code has no place on the map, or the other way round; docs/map/places.py gives it one."""


class Placed(NamedTuple):
    """A room on the picture, in the colour of what it is for."""

    box: Box
    role: str


def third(column: int, y: float, height: float, within: float = 0) -> Box:
    """A third of the width; narrower by ``within`` on both sides."""
    return Box(INNER + column * (THIRD + GAP) + within, y, THIRD - 2 * within, height)


def halves(column: int, y: float, height: float) -> tuple[Box, Box]:
    """A third in two, for a panel's rooms."""
    whole = third(column, y, height, 10)
    half = (whole.width - 8) / 2
    return whole._replace(width=half), whole._replace(x=whole.x + half + 8, width=half)


def wall(y: float, height: float) -> Box:
    """Of a folder."""
    return Box(LEFT, y, SPAN + 2 * (INNER - LEFT), height)


FOLDERS = {
    "copydesk": wall(14, 288),
    "agents": wall(508, 226),
    "pipeline": wall(758, 140),
    "schemas": wall(922, 42),
}
KAFKA = wall(328, 154)
OUTSIDE = tuple(Box(INNER + index * (SPAN + GAP) / 5, 1002, (SPAN + GAP) / 5 - GAP, 60) for index in range(5))
NOTE = 992.0  # the line above them
LEGEND = 1086.0  # and below

PANELS = {
    "feeds": third(0, 98, 194),
    "runs": third(1, 98, 194),
    "reads": third(2, 98, 194),
}
_UPPER, _LOWER, _TALL = 128.0, 208.0, 74.0
ROOMS = {
    "cli": Placed(Box(INNER, 52, SPAN, 34), "runs"),
    "feeding": Placed(third(0, _UPPER, _TALL, 10), "feeds"),
    "feeds": Placed(halves(0, _LOWER, _TALL)[0], "feeds"),
    "extra": Placed(halves(0, _LOWER, _TALL)[1], "feeds"),
    "demo": Placed(halves(1, _UPPER, _TALL)[0], "runs"),
    "processing": Placed(halves(1, _UPPER, _TALL)[1], "runs"),
    "operating": Placed(halves(1, _LOWER, _TALL)[0], "runs"),
    "clients": Placed(halves(1, _LOWER, _TALL)[1], "runs"),
    "serving": Placed(halves(2, _UPPER, _TALL)[0], "reads"),
    "subscribing": Placed(halves(2, _UPPER, _TALL)[1], "reads"),
    "sinks": Placed(halves(2, _LOWER, _TALL)[0], "reads"),
    "views": Placed(halves(2, _LOWER, _TALL)[1], "reads"),
    "agents.extract": Placed(third(0, 548, 52, 26), "moves"),
    "agents.dedupe": Placed(third(1, 548, 52, 26), "moves"),
    "agents.annotate": Placed(third(2, 548, 52, 26), "moves"),
    "agents.carrying": Placed(Box(INNER, 612, SPAN, 36), "moves"),
    "agents.watching": Placed(third(0, 660, 60), "watches"),
    "agents.kafka": Placed(third(1, 660, 60), "moves"),
    "pipeline.extraction": Placed(Box(INNER, 798, 360, 86), "understands"),
    "pipeline.deduplication": Placed(Box(INNER + 372, 798, SPAN - 744, 86), "understands"),
    "pipeline.annotation": Placed(Box(RIGHT - 360, 798, 360, 86), "understands"),
}
AGENTS = ("agents.extract", "agents.dedupe", "agents.annotate")
HEADERS = {"agents": (INNER + 112, INNER + 234, 190.0)}  # what a folder says of itself, where arrows pass between
SINGLE = {"agents": third(2, 664, 52), "pipeline": Box(INNER + 350, 766, SPAN - 350, 24)}  # single modules of a folder
RECORDS = Box(INNER + 680, 932, SPAN - 680, 24)
ENDS = {"pipeline": SINGLE["pipeline"], "schemas": RECORDS}  # where a folder's own words have to end

_ROW, _PILL = 34.0, 26.0
ROWS = {  # a topic's column and row
    "raw": (0, 3),
    "raw_backfill": (0, 2),
    "dedupe_state": (1, 1),
    "extracted": (1, 3),
    "duplicates": (2, 0),
    "clusters": (2, 1),
    "deduplicated": (2, 3),
    "deduplicated_backfill": (2, 2),
    "enriched": (3, 2),
    "dead_letters": (3, 3),
}


def pill(field: str, name: str) -> Box:
    """Of the topic ``name``."""
    column, row = ROWS[field]
    width = len(name) * 7.4 + 26
    return Box(COLUMNS[column] - width / 2, KAFKA.y + 14 + row * _ROW, width, _PILL)


def agree(found: Iterable[str], placed: Iterable[str]) -> None:
    """Raise where the picture and the code do not hold the same."""
    if different := sorted(set(found) ^ set(placed)):
        raise Unplaced(f"{', '.join(different)}: in the code or in docs/map/places.py, not in both")
