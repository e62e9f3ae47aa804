from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.places.mentions import mentions
from copydesk.schemas import Dateline, Entity


def named(text: str, name: str, label: str) -> list[str]:
    start = text.index(name)
    entity = Entity(text=name, label=label, start=start, end=start + len(name))
    found = mentions(text, [entity], None)
    assert all(text[begin:end] == printed for printed, begin, end in found)
    return [printed for printed, *_ in found]


@pytest.mark.parametrize(
    ("name", "label", "place"),
    [
        ("Fargo Police", "ORG", "Fargo"),
        ("Cuyahoga County Jail", "FAC", "Cuyahoga County"),
        ("University of Nebraska", "ORG", "Nebraska"),
        ("Las Vegas Valley Water District", "ORG", "Las Vegas"),
        ("The Ohio Department of Development", "ORG", "Ohio"),
        ("Northern Illinois University", "ORG", "Illinois"),
        ("Kenya", "GPE", "Kenya"),
    ],
)
def test_a_body_names_the_place_it_is_in(name: str, label: str, place: str) -> None:
    assert named(f"It was {name} that came.", name, label) == [place]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Washington Post", "ORG"),
        ("Dallas Cowboys", "ORG"),
        ("Kenyan", "NORP"),
        ("Paris Hilton", "PERSON"),
        ("High Court", "ORG"),
        ("Springdale Holdings Inc", "ORG"),
    ],
)
def test_what_only_bears_a_place_in_its_name_is_none(name: str, label: str) -> None:
    assert named(f"It was {name} that came.", name, label) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rep. Ada Quill, R-Ky., rose.", "Ky"),
        ("Ada Quill (D-Texas) rose.", "Texas"),
        ("Ada Quill, DFL-Elbow Lake, rose.", "Elbow Lake"),
    ],
)
def test_a_member_of_a_legislature_is_of_a_place(text: str, place: str) -> None:
    assert [printed for printed, *_ in mentions(text, [], None)] == [place]


def test_the_dateline_comes_first_and_what_it_covers_does_not_count() -> None:
    text = "OSLO, Norway (AP) -- Rain fell in Oslo."
    filed = Dateline(text="OSLO, Norway (AP) --", place="OSLO", start=0, end=20)
    entities = [
        Entity(text=name, label="GPE", start=at, end=at + len(name))
        for name, at in (("OSLO", 0), ("Norway", 6), ("Oslo", 34))
    ]
    assert mentions(text, entities, filed) == [("OSLO", 0, 4), ("Oslo", 34, 38)]


@given(
    st.lists(st.sampled_from(["The", "Western", "Fargo", "Police", "University", "of", "-", "D-", "Ky."])).map(" ".join)
)
@example("The")
def test_any_name_of_a_body_can_be_read(name: str) -> None:
    entity = Entity(text=name, label="ORG", start=2, end=2 + len(name))
    assert all(f"; {name}"[start:end] == printed for printed, start, end in mentions(f"; {name}", [entity], None))
