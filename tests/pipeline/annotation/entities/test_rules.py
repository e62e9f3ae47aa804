"""The rules that find names where no trained pipeline is there, one sentence each."""

from __future__ import annotations

from functools import cache

import pytest

from copydesk.pipeline.annotation import find_entities
from copydesk.pipeline.annotation.entities.model import Pipeline, load_pipelines
from copydesk.pipeline.annotation.places.places import locate
from copydesk.schemas import Entity


@cache
def pipeline() -> Pipeline:
    return load_pipelines("copydesk_names")["en"]


def entities(text: str) -> tuple[Entity, ...]:
    return find_entities(text, pipeline())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Prices rose, Okwuosa said on Monday.", {("Okwuosa", "PERSON")}),
        ("“We will see,” said Teremoana Vaite.", {("Teremoana Vaite", "PERSON")}),
        ("Jostein Varhaug, 41, rebuilt the mill.", {("Jostein Varhaug", "PERSON")}),
        ("Olga Varhaug came. Later Olga left with Varhaug.", {("Olga Varhaug", "PERSON"), ("Olga", "PERSON")}),
        ("The strike hit Renault and Congress debated it.", {("Renault", "ORG"), ("Congress", "ORG")}),
        ("Ferries crossed the Skagen Strait and Lake Valdrey County.", {("Skagen Strait", "LOC")}),
        ("Rain fell in Northern Finland and New Zealand.", {("Northern Finland", "LOC"), ("New Zealand", "GPE")}),
        ("A China-led group met.", {("China", "GPE")}),
        ("The World Trout Federation (WTF) met. WTF agreed.", {("World Trout Federation", "ORG"), ("WTF", "ORG")}),
    ],
)
def test_a_name_is_told_by_what_stands_in_and_round_it(text: str, wanted: set[tuple[str, str]]) -> None:
    found = {(entity.text, entity.label) for entity in entities(text)}
    assert wanted <= found


@pytest.mark.parametrize("text", ["The GDP fell.", "Do come in.", "Can MPs vote?", "It was Monday, she said."])
def test_what_is_no_name_is_none(text: str) -> None:
    assert entities(text) == ()


def test_one_name_has_one_label_throughout() -> None:
    text = "Alma Reyes met Ms Reyes of Reyes in Reyes. Reyes said so."
    labels = {entity.label for entity in entities(text) if entity.text == "Reyes"}
    assert len(labels) == 1


def test_a_part_of_a_region_lies_in_it() -> None:
    [place] = locate("In North Texas", (Entity(text="North Texas", label="LOC", start=3, end=14),), None)
    assert (place.country, place.kind) == ("US", "region")
