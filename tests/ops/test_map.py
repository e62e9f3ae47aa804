"""The map tells a page's way as the broker's permissions do, and has a place for everything."""

from __future__ import annotations

import re

import pytest

from docs.map import flow, places
from docs.map.picture import svg
from docs.map.places import Unplaced
from docs.map.rooms import Room, rooms
from docs.map.way import DEAD_LETTERS, TOPICS, allowed, stages

BY_ITSELF = {"dedupe_state"}  # read by a shard when it is taken over, not by a stage


def test_stages_read_what_workers_may_read() -> None:
    read = {topic for stage in stages() for topic in stage.reads}
    assert read | BY_ITSELF == {*allowed("worker", "READ"), *allowed("backfill", "READ")}


def test_stages_write_what_workers_may_write() -> None:
    written = {topic for stage in stages() for topic in stage.writes}
    assert written | {DEAD_LETTERS} == {*allowed("worker", "WRITE"), *allowed("backfill", "WRITE")}


def test_a_page_passes_the_stages_in_their_order() -> None:
    assert [stage.name for stage in stages()] == ["extract", "dedupe", "annotate"]


def test_what_a_room_knows_is_what_it_imports() -> None:
    assert rooms()["sinks"].knows == ("clients", "extra")
    assert rooms()["agents.watching"].knows == ("agents.kafka", "agents.settings")
    assert rooms()["schemas"].knows == ()


def test_the_picture_names_every_topic_and_every_room_with_a_place() -> None:
    said = set(re.findall(r">([^<]+)</text>", svg()))
    assert {topic.name for topic in TOPICS.all} <= said
    assert {name.rpartition(".")[2] for name in places.ROOMS} <= said
    assert {f"{name}/" for name in (*places.FOLDERS, "docs", "tests", "benchmarks", "ops", "training")} <= said


def test_a_room_without_a_place_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.map.picture.rooms", lambda: {**rooms(), "annex": Room("annex", "New.", 2, ())})
    with pytest.raises(Unplaced, match="annex"):
        svg()


def test_a_topic_without_a_place_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "FIELDS", {*flow.FIELDS, "stories"})
    with pytest.raises(Unplaced, match="stories"):
        svg()


def test_no_two_boxes_of_a_level_lie_on_each_other() -> None:
    boxes = [*(placed.box for placed in places.ROOMS.values()), places.KAFKA, *places.OUTSIDE]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one.right < other.x or other.right < one.x or one.bottom < other.y or other.bottom < one.y
            assert apart, (one, other)
