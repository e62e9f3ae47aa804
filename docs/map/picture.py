"""The picture: from above, what a person runs, the topics, the agents, the stages and the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.schemas.asyncapi import RECORDS
from docs.map import places
from docs.map.flow import DASHES, known, pills, ways
from docs.map.pen import Box, letters, rect, sheet, words, wrapped
from docs.map.places import FOLDERS, INNER, KAFKA, PANELS, ROOMS, Placed, agree
from docs.map.rooms import Room, rooms, round_it
from docs.map.way import TOPICS

TITLE = "Copydesk: its rooms, and a page's way through them"
TOLD = (
    "Feeders write raw pages to Kafka; agents extract, decide which are copies, and annotate, from topic to topic; "
    "readers get what is enriched. What a person runs imports the agents, agents the stages, and all the contract."
)
PANEL_TOLD = {"feeds": "pages in", "runs": "and tries out", "reads": "events out"}
TAGS = {"agents": "moves", "agents.watching": "watches", "pipeline": "understands"}
LINES = {
    "live pages": ("way", ""),
    "archives": ("way", DASHES),
    "what could not be worked": ("dead", ""),
    "imports": ("soft", ""),
}
ROW = 47.0  # a lower room says what it is beside its name


def svg() -> str:
    """The file."""
    return sheet(places.WIDTH, places.HEIGHT, TITLE, TOLD, parts())


def parts() -> Iterator[str]:
    """From the ground up: walls, rooms, topics, then the ways over them."""
    found = rooms()
    agree(found.keys() - set(single(found)), {*ROOMS, *FOLDERS})
    yield from walls(found)
    for name, placed in ROOMS.items():
        yield from room(placed, found[name], found)
    for folder, box in places.SINGLE.items():
        yield from chips(box, [name.rpartition(".")[2] for name in single(found) if above(name) == folder])
    yield from chips(places.RECORDS, RECORDS)
    yield from outside()
    yield from legend()
    yield rect(KAFKA, "wall", "line", 12, ' stroke-dasharray="2 5" stroke-width="1.5"')
    yield words(KAFKA.x + 206, KAFKA.y + 30, "Kafka", 17, "ink", style="bold")
    yield words(KAFKA.x + 270, KAFKA.y + 30, f"{len(TOPICS.all)} topics", 12.5)
    yield from ways()
    yield from known()
    for field, box in pills().items():
        yield from pill(box, getattr(TOPICS, field).name)


def single(found: dict[str, Room]) -> list[str]:
    """What stands in a folder beside its rooms, or within a room: it needs no place of its own."""
    return [name for name in sorted(found.keys() - ROOMS.keys()) if above(name) in {*places.SINGLE, *ROOMS}]


def above(name: str) -> str:
    """The room that ``name`` is in."""
    return name.rpartition(".")[0]


def walls(found: dict[str, Room]) -> Iterator[str]:
    """The top folders, and the panels of the first."""
    for folder, box in FOLDERS.items():
        yield rect(box, "wall", "line", 12)
        yield words(box.x + 16, box.y + 26, f"{folder}/", 16, "ink", style="mono bold")
        beside = box.x + 32 + letters(f"{folder}/", 16, mono=True)
        tag = TAGS.get(folder, "")
        after = beside + (caps(tag) + 12 if tag else 0)
        ends = places.ENDS[folder].x if folder in places.ENDS else box.right
        first, second, width = places.HEADERS.get(folder, (beside, after, ends - after))
        yield tagged(first, box.y + 25.5, tag)
        yield words(second, box.y + 25.5, most(found[folder], width, 12.5, 1)[0], 12.5)
    for role, box in PANELS.items():
        yield rect(box, role, role, 10, ' fill-opacity=".07" stroke-opacity=".35"')
        yield tagged(box.x + 14, box.y + 20, role)
        yield words(box.x + 24 + caps(role), box.y + 20, PANEL_TOLD[role], 12.5)


def most(told: Room, width: float, size: float, lines: int) -> list[str]:
    """All that a room says of itself where it fits, else what it says first."""
    whole = wrapped(told.says, width, size, lines)
    return wrapped(told.brief, width, size, lines) if whole[-1].endswith("…") else whole


def caps(tag: str) -> float:
    """How wide a tag is."""
    return letters(tag, 24)


def tagged(x: float, y: float, role: str) -> str:
    """What something is for, in its colour."""
    return words(x, y, role.upper(), 13, role, style="bold", more=' letter-spacing="1"')


def room(placed: Placed, told: Room, found: dict[str, Room]) -> Iterator[str]:
    """A room: its name, how many modules it holds, what it says of itself, and the rooms within."""
    box, role = placed
    name = told.name.rpartition(".")[2]
    yield rect(box, "room", role, 8, ' stroke-width="1.25"')
    yield words(box.x + 12, box.y + 22, name, 14, role, style="mono bold")
    if told.modules > 1:
        yield words(box.right - 12, box.y + 21, str(told.modules), 11.5, more=' text-anchor="end"')
    beside = box.x + 28 + letters(name, 14, mono=True)
    if tag := TAGS.get(told.name):
        yield tagged(beside - 2, box.y + 21.5, tag)
    if box.height < ROW:
        yield words(beside, box.y + 21.5, most(told, box.right - 40 - beside, 12.5, 1)[0], 12.5)
        return
    within = [inner for inner in sorted(found) if above(inner) == told.name and found[inner].modules > 1]
    room_for = int((box.height - (54 if within else 30)) / 14)
    for index, line in enumerate(most(told, box.width - 24, 12, room_for)):
        yield words(box.x + 12, box.y + 39 + 14.5 * index, line, 12)
    chip = Box(box.x + 12, box.bottom - 27, box.width - 24, 20)
    yield from chips(chip, [inner.rpartition(".")[2] for inner in within], at_the_end=False)


def chips(box: Box, names: Iterable[str], at_the_end: bool = True) -> Iterator[str]:
    """Small things in a row."""
    widths = {name: letters(name, 10.5, mono=True) + 12 for name in names}
    x = box.right - sum(widths.values()) - 5 * (len(widths) - 1) if at_the_end else box.x
    for name, width in widths.items():
        yield rect(Box(x, box.y, width, 20), "room", "line", 6)
        yield words(x + 6, box.y + 13.5, name, 10.5, "soft", style="mono")
        x += width + 5


def outside() -> Iterator[str]:
    """The folders that are not installed."""
    yield words(INNER, places.NOTE, "Round it, and not installed", 12.5)
    for box, told in zip(places.OUTSIDE, round_it(), strict=True):
        yield rect(box, "wall", "line", 8, ' stroke-dasharray="4 4"')
        yield words(box.x + 10, box.y + 18, f"{told.name}/", 12.5, "ink", style="mono bold")
        for index, line in enumerate(wrapped(told.brief, box.width - 18, 11.5, 2)):
            yield words(box.x + 10, box.y + 34 + 14 * index, line, 11.5)


def legend() -> Iterator[str]:
    """What the lines mean."""
    x, y = INNER, places.LEGEND
    for said, (ink, more) in LINES.items():
        yield f'<path d="M{x:g} {y - 4:g}h30" class="line-{ink}" stroke-width="2.5"{more}/>'
        yield words(x + 38, y, said, 12)
        x += 64 + letters(said, 12)
    yield words(places.RIGHT, y, "A number is of modules", 12, more=' text-anchor="end"')


def pill(box: Box, name: str) -> Iterator[str]:
    """A topic."""
    yield rect(box, "log", "", 13)
    yield words(box.middle[0], box.y + 17.5, name, 12, "log-ink", style="mono", more=' text-anchor="middle"')
