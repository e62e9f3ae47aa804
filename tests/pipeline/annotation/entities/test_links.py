"""Which entities of an article are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.entities.links import link
from copydesk.schemas import Entity


def named(*names: tuple[str, str]) -> tuple[Entity, ...]:
    return link([Entity(text=text, label=label, start=0, end=0) for text, label in names])


@pytest.mark.parametrize(
    "names",
    [
        [("Kim Dae-jung", "PERSON"), ("Kim", "PERSON"), ("Dae-jung", "PERSON")],
        [("Petrova", "PERSON"), ("Olga Petrova", "PERSON"), ("Olga Ivanovna Petrova", "PERSON")],
        [("the World Trout Federation", "ORG"), ("World Trout Federation's", "ORG"), ("WTF", "ORG")],
        [("WTF", "ORG"), ("World Trout Federation", "ORG")],
        [("Estonia", "GPE"), ("Estonians", "NORP"), ("Estonian", "NORP")],
        [("U.S.", "GPE"), ("the United States", "GPE"), ("Americans", "NORP")],
    ],
)
def test_forms_of_one_name_share_an_id(names: list[tuple[str, str]]) -> None:
    assert {entity.entity_id for entity in named(*names)} == {"e1"}


def test_a_surname_is_the_person_last_named_by_it() -> None:
    names = ("Maria Okoro", "Okoro", "Peter Okoro", "Okoro", "Maria Okoro", "Okoro")
    assert [entity.entity_id for entity in named(*((name, "PERSON") for name in names))] == [
        *("e1", "e1", "e2", "e2", "e1", "e1")
    ]


def test_one_word_of_two_labels_is_two_entities() -> None:
    assert [entity.entity_id for entity in named(("Jordan", "PERSON"), ("Jordan", "GPE"))] == ["e1", "e2"]


def test_countries_and_their_peoples_have_the_code_of_the_country() -> None:
    found = named(("Estonia", "GPE"), ("Peruvians", "NORP"), ("Tartu", "GPE"), ("Buddhist", "NORP"), ("Chad", "PERSON"))
    assert [entity.country for entity in found] == ["EE", "PE", None, None, None]


@given(st.lists(st.tuples(st.text("Ab .", min_size=1, max_size=9), st.sampled_from(["PERSON", "ORG", "GPE"]))))
def test_every_entity_has_an_id_and_ids_are_numbered_as_they_come(names: list[tuple[str, str]]) -> None:
    ids = [entity.entity_id for entity in named(*names)]
    assert list(dict.fromkeys(ids)) == [f"e{n + 1}" for n in range(len(set(ids)))]
