from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.places.place_names import place_names
from copydesk.pipeline.annotation.places.places import locate


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("de", "Der Zug nach Bremen hielt in Frankreich.", {"Bremen": "DE", "Frankreich": "FR"}),
        ("fr", "Le train pour les États-Unis part de Paris dimanche.", {"États-Unis": "US", "Paris": "FR"}),
        ("es", "El barco llegó a Nueva Zelanda, no a Perú.", {"Nueva Zelanda": "NZ", "Perú": "PE"}),
        ("ru", "Поезд из Франции стоит в Москве.", {"Франции": "FR", "Москве": "RU"}),
        ("ja", "列車はフランスを出て東京に着いた。", {"フランス": "FR", "東京": "JP"}),
        ("zh", "火车从法国开往北京。", {"法国": "FR", "北京": "CN"}),
        ("ar", "وصل القطار من فرنسا يوم الاثنين", {"فرنسا": "FR"}),
        ("hi", "ट्रेन फ़्रांस से आई", {"फ़्रांस": "FR"}),
    ],
)  # fmt: skip
def test_countries_and_cities_are_known_by_what_the_language_calls_them(
    language: str, text: str, countries: dict[str, str]
) -> None:
    found = locate(text, (), None, known=place_names(text, language))
    assert {place.name: place.country for place in found} == countries


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Essen war gut, und Dabei blieb es."),
        ("fr", "Valencia Martin a marqué deux fois, Nice idée."),
        ("es", "José Santos ganó ayer."),
        ("en", "nothing here, paris in small letters"),
    ],
)
def test_what_may_be_another_word_or_a_person_is_no_place(language: str, text: str) -> None:
    assert place_names(text, language) == []


@given(st.text(max_size=200))
def test_offsets_slice_back_and_none_lies_within_another(text: str) -> None:
    found = place_names(text, "de")
    assert all(text[start:end] == name for name, start, end in found)
    assert all(one[2] <= other[1] for one, other in pairwise(found))
