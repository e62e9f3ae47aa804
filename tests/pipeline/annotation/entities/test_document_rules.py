"""The rules that read the whole article, on entities as some model might have found them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from copydesk.pipeline.annotation.entities.countries import countries
from copydesk.pipeline.annotation.entities.edges import edges
from copydesk.pipeline.annotation.entities.repeats import repeats
from copydesk.pipeline.annotation.entities.surnames import surnames

Found = list[tuple[str, str]]


@cache
def english() -> Language:
    return spacy.blank("en")


def after(rule: Callable[[Doc], Doc], text: str, entities: Found) -> Found:
    """The entities after ``rule``, where there were ``entities``, each at its first place in ``text``."""
    doc = english()(text)
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), label=label) for name, label in entities]
    assert None not in spans
    doc.ents = spans  # type: ignore[assignment]
    return [(span.text, span.label_) for span in rule(doc).ents]


@pytest.mark.parametrize(
    ("text", "before", "wanted"),
    [
        ("Then Justice Ekwo rose.", ("Justice Ekwo", "PERSON"), ("Ekwo", "PERSON")),
        ("It was lawyer Ruhul Amin.", ("lawyer Ruhul Amin", "PERSON"), ("Ruhul Amin", "PERSON")),
        ("In idyllic Takamaka Bay.", ("idyllic Takamaka Bay", "LOC"), ("Takamaka Bay", "LOC")),
        ("By bin Salman and others.", ("bin Salman", "PERSON"), ("bin Salman", "PERSON")),
        ("At icipe in Nairobi.", ("icipe", "ORG"), ("icipe", "ORG")),
        ("A President.", ("President", "PERSON"), ("President", "PERSON")),
    ],
)
def test_a_name_begins_behind_title_and_small_words(
    text: str, before: tuple[str, str], wanted: tuple[str, str]
) -> None:
    assert after(edges, text, [before]) == [wanted]


def test_a_country_is_a_country_and_its_people_a_people() -> None:
    text = "Peru lost. Peruvian fans of Jordan Okoro left Chile and UAE."
    before = [("Peru", "ORG"), ("Peruvian", "GPE"), ("Jordan Okoro", "PERSON"), ("UAE", "ORG")]
    assert after(countries, text, before) == [
        *(("Peru", "GPE"), ("Peruvian", "NORP"), ("Jordan Okoro", "PERSON"), ("Chile", "GPE"), ("UAE", "GPE"))
    ]


def test_a_surname_is_its_person_whatever_it_was_taken_for() -> None:
    text = "Fumio Kishida spoke. Then Kishida, whom Fumio is called, left Barnea."
    before = [("Fumio Kishida", "PERSON"), ("Barnea", "GPE")]
    assert after(surnames, text, before) == [
        *(("Fumio Kishida", "PERSON"), ("Kishida", "PERSON"), ("Fumio", "PERSON"), ("Barnea", "GPE"))
    ]


def test_a_town_that_is_a_surname_stays_a_town_behind_in() -> None:
    text = "In Victoria it rained. Ana Victoria came."
    assert after(surnames, text, [("Victoria", "GPE"), ("Ana Victoria", "PERSON")])[0] == ("Victoria", "GPE")


def test_an_acronym_in_parentheses_is_the_organisation_everywhere() -> None:
    text = "WTF met. The World Trout Federation (WTF) agreed."
    assert after(repeats, text, [("World Trout Federation", "ORG")]) == [
        *(("WTF", "ORG"), ("World Trout Federation", "ORG"), ("WTF", "ORG"))
    ]
