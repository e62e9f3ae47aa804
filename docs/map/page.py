"""docs/map.md: the picture, and in words what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from docs.map.rooms import ROOT, Room, rooms, round_it
from docs.map.way import DEAD_LETTERS, TOPICS, Stage, allowed, stages

HEAD = """\
# Map

What moves articles, what watches, what feeds and what reads. A top folder imports those below it, never one above.

![Rooms, and a page's way through them](map.svg)

Made by `python -m docs.map`. What a room says is the first line of its package; who imports whom is read from the
imports, what a stage reads and writes from its agent, what feeders and readers touch from what each role
[has to be allowed](operations.md#a-secured-kafka). A test fails when the map is no longer what the code says.
[Decision 18](decisions/0018-one-import-name.md) tells why the folders stand at the top and are imported as `copydesk`.
"""
WAY = """
## A page's way

| | reads | writes |
|---|---|---|
"""
ROOMS = """
## Rooms

| room | | modules | imports |
|---|---|---|---|
"""


def text() -> str:
    """The page."""
    shown = [room for name, room in rooms().items() if room.modules > 1 or name.count(".") < 2]
    return HEAD + WAY + "".join(way()) + ROOMS + "".join(row(room) for room in [*sorted(shown, key=order), *round_it()])


def way() -> Iterable[str]:
    """A row for who feeds, each stage, and who reads."""
    yield line(Stage("feeders", (), allowed("feeder", "WRITE")), "")
    for stage in stages():
        yield line(Stage(stage.name, stage.reads, (*stage.writes, DEAD_LETTERS)), f"agents/{stage.name}.py")
    yield line(Stage("readers", allowed("subscriber", "READ"), ()), "")


def line(stage: Stage, file: str) -> str:
    """One of them."""
    told = [", ".join(f"`{getattr(TOPICS, field).name}`" for field in fields) for fields in (stage.reads, stage.writes)]
    name = f"[{stage.name}](../{file})" if file else stage.name
    return f"| {name} | {told[0] or '–'} | {told[1] or '–'} |\n"


def order(room: Room) -> tuple[int, str]:
    """As the picture has them, from above."""
    top = room.name.partition(".")[0]
    return ({"agents": 1, "pipeline": 2, "schemas": 3}.get(top, 0), "" if room.name == "copydesk" else room.name)


def row(room: Room) -> str:
    """A room, linked."""
    inside = room.name.replace(".", "/")
    path = next(path for path in (inside, f"copydesk/{inside}", f"{inside}.py", f"copydesk/{inside}.py") if real(path))
    beside = room.name.rpartition(".")[0] + "."
    imports = ", ".join(other.removeprefix(beside).replace(".", "/") for other in room.knows) or "–"
    told = room.told.replace("``", "`").replace("|", "/")
    return f"| [{path.removesuffix('.py')}](../{path}) | {told} | {room.modules or '–'} | {imports} |\n"


def real(path: str) -> bool:
    """Whether ``path`` is a file or folder where it stands, not a link."""
    return (ROOT / path).exists() and not (ROOT / path).is_symlink()
