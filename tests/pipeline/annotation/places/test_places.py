from __future__ import annotations

import pytest

from copydesk.pipeline.annotation.places.places import locate
from copydesk.schemas import Entity, Place


def located(text: str, *names: str) -> dict[str, Place]:
    entities, at = [], 0
    for name in names:
        at = text.index(name, at)
        entities.append(Entity(text=name, label="GPE", start=at, end=at + len(name)))
        at += len(name)
    return {place.name: place for place in locate(text, entities, None)}


@pytest.mark.parametrize(
    "text, names, name, country, admin1",
    [
        ("A fire in Paris was put out.", ["Paris"], "Paris", "FR", None),
        ("A fire in Paris, Texas, was put out.", ["Paris", "Texas"], "Paris", "US", "TX"),
        ("Paris slept. Dallas and Texas did not.", ["Paris", "Dallas", "Texas"], "Paris", "US", "TX"),
        ("Talks on Georgia went on in Tbilisi.", ["Georgia", "Tbilisi"], "Georgia", "GE", None),
        ("Voters in Georgia, in Atlanta above all, stayed at home, in Texas too.",
         ["Georgia", "Atlanta", "Texas"], "Georgia", "US", "GA"),
    ],
)  # fmt: skip
def test_the_rest_of_the_text_tells_namesakes_apart(
    text: str, names: list[str], name: str, country: str, admin1: str | None
) -> None:
    place = located(text, *names)[name]
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_one_name_means_one_place_throughout() -> None:
    text = "Paris, Texas, shut its schools. Paris has two."
    first, _, second = (
        (place.latitude, place.longitude) for place in locate(text, [
            Entity(text="Paris", label="GPE", start=0, end=5),
            Entity(text="Texas", label="GPE", start=7, end=12),
            Entity(text="Paris", label="GPE", start=32, end=37),
        ], None)
    )  # fmt: skip
    assert first == second


def test_a_continent_is_located_and_has_no_country() -> None:
    assert located("Europe froze.", "Europe")["Europe"].country is None
