"""The ways over the picture: a page's from topic to topic, and who knows whom."""

from __future__ import annotations

from collections.abc import Iterator

from docs.map.pen import Box, arrow, words
from docs.map.places import AGENTS, FOLDERS, KAFKA, LEFT, PANELS, RIGHT, ROOMS, ROWS, agree, pill
from docs.map.rooms import PRODUCT, rooms
from docs.map.way import DEAD_LETTERS, FIELDS, TOPICS, allowed, stages

LIVE, THIN = 3.0, 1.75  # strokes
DASHES = ' stroke-dasharray="5 5"'
ROUND = 8.0  # of a corner


def pills() -> dict[str, Box]:
    """The topics' places."""
    agree(FIELDS, ROWS)
    return {field: pill(field, getattr(TOPICS, field).name) for field in sorted(FIELDS)}


def ways() -> Iterator[str]:
    """From the feeders through the stages to the readers."""
    at, attached = pills(), stages()
    agree((f"agents.{stage.name}" for stage in attached), AGENTS)
    for field in allowed("feeder", "WRITE"):
        yield fed(at[field], field)
    for stage in attached:
        box = ROOMS[f"agents.{stage.name}"].box
        yield from (into(at[field], box, field) for field in stage.reads)
        yield from (out_of(box, at[field], field) for field in stage.writes)
    for field in allowed("subscriber", "READ"):
        yield read(at[field], field)
    letters = at[DEAD_LETTERS]
    yield arrow(f"M{RIGHT - 20:g} {ROOMS['agents.carrying'].box.y:g}V{letters.bottom + 3:g}", "dead", THIN)


def fed(topic: Box, field: str) -> str:
    """From the feeders: an archive's topic from above, that of live pages, which lies under it, from its side."""
    panel, middle = PANELS["feeds"], topic.middle
    if backfill(field):
        return arrow(f"M{middle[0]:g} {panel.bottom:g}V{topic.y - 3:g}", "feeds", THIN, dashes(field))
    x = panel.x + 12
    return arrow(
        f"M{x:g} {panel.bottom:g}V{middle[1] - ROUND:g}q0 {ROUND:g} {ROUND:g} {ROUND:g}H{topic.x - 3:g}", "feeds", LIVE
    )


def read(topic: Box, field: str) -> str:
    """To the readers: straight up, or first to the side where another topic lies above."""
    end, (x, y) = PANELS["reads"].bottom + 3, topic.middle
    if field == "enriched":
        return arrow(f"M{x:g} {topic.y:g}V{end:g}", "reads", LIVE)
    turn = topic.right + (topic.y - KAFKA.y) / 2
    return arrow(f"M{topic.right:g} {y:g}H{turn:g}q{ROUND:g} 0 {ROUND:g} -{ROUND:g}V{end:g}", "reads", THIN)


def into(topic: Box, agent: Box, field: str) -> str:
    """From a topic down to the agent that reads it."""
    slot, end, y = agent.middle[0] - offset(field), agent.y - 3, topic.middle[1]
    if topic.x < slot < topic.right and not backfill(field):
        return arrow(f"M{slot:g} {topic.bottom:g}V{end:g}", "way", LIVE)
    x = max(slot, topic.right + 16)
    return arrow(f"M{topic.right:g} {y:g}Q{x:g} {y:g} {x:g} {y + 20:g}V{end:g}", "way", stroke(field), dashes(field))


def out_of(agent: Box, topic: Box, field: str) -> str:
    """From an agent up to a topic it writes; what lies higher is reached from a trunk in its middle."""
    middle, y = agent.middle[0], topic.middle[1]
    if getattr(TOPICS, field).compacted:  # its own memory: written, and read again
        path = f"M{topic.right + 6:g} {y:g}H{middle - 24 - ROUND:g}q{ROUND:g} 0 {ROUND:g} {ROUND:g}V{agent.y - 3:g}"
        return arrow(path, "way", THIN, ' marker-start="url(#way)"')
    if topic.right < middle or topic.bottom < KAFKA.middle[1]:
        return arrow(
            f"M{middle:g} {agent.y:g}V{y + ROUND:g}q0 -{ROUND:g} {ROUND:g} -{ROUND:g}H{topic.x - 3:g}", "way", THIN
        )
    x = min(middle + offset(field), topic.x - 20)
    return arrow(
        f"M{x:g} {agent.y:g}V{y + 20:g}Q{x:g} {y:g} {topic.x - 3:g} {y:g}", "way", stroke(field), dashes(field)
    )


def known() -> Iterator[str]:
    """On the left, which folder imports which: only what does not follow from the others."""
    below = {name: set(rooms()[name].knows).intersection(PRODUCT) for name in PRODUCT}
    x = LEFT - 22 - ROUND
    for name, others in below.items():
        for other in sorted(others - {far for near in others for far in below[near]}):
            start, end = FOLDERS[name].bottom - 18, FOLDERS[other].y + 18
            out = f"M{LEFT:g} {start:g}H{x + ROUND:g}q-{ROUND:g} 0 -{ROUND:g} {ROUND:g}"
            yield arrow(f"{out}V{end - ROUND:g}q0 {ROUND:g} {ROUND:g} {ROUND:g}H{LEFT - 3:g}", "soft", THIN)
    middle = (FOLDERS["copydesk"].bottom + FOLDERS["agents"].y) / 2
    turned = f' transform="translate({x - 8:g} {middle:g}) rotate(-90)" text-anchor="middle"'
    yield words(0, 0, "imports", 12, more=turned)


def offset(field: str) -> float:
    """How far from an agent's middle its arrow begins or ends."""
    return 36 if backfill(field) else 60


def stroke(field: str) -> float:
    """Thick is the way of live pages."""
    return THIN if backfill(field) else LIVE


def backfill(field: str) -> bool:
    """Whether a topic is an archive's."""
    return field.endswith("_backfill")


def dashes(field: str) -> str:
    """An archive's way is broken."""
    return DASHES if backfill(field) else ""
