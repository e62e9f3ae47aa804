from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotation.nearness import nearness
from pipeline.annotation.places import locate
from pipeline.gazetteer import Entry, candidates
from schemas import Entity


def spot(latitude: float, longitude: float, kind: str = "city") -> Entry:
    return Entry(1, "x", kind, latitude, longitude, "US", None, 1_000, "UTC")  # type: ignore[arg-type]


def test_the_namesake_beside_other_places_gains() -> None:
    here, far = spot(40, -75), spot(-30, 20)
    [gains, _] = nearness([[here, far], [spot(40.2, -75.1)]], [[0.0, 0.0], [0.0]])
    assert gains[0] > 1
    assert gains[1] < 0.01


def test_a_place_alone_and_a_country_gain_nothing() -> None:
    assert nearness([[spot(40, -75), spot(0, 0)]], [[0.0, 1.0]]) == [[0.0, 0.0]]
    assert nearness([[spot(40, -75, "country")], [spot(40, -75)]], [[0.0], [0.0]]) == [[0.0], [0.0]]


@settings(max_examples=50)
@given(st.lists(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=4), max_size=5))
def test_gains_are_never_negative_whatever_lies_where(names: list[list[tuple[float, float]]]) -> None:
    entries = [[spot(*at) for at in name] for name in names]
    gains = nearness(entries, [[0.0] * len(name) for name in entries])
    assert all(gain >= 0 for name in gains for gain in name)


def test_a_small_town_is_meant_among_its_neighbours() -> None:
    text = "Officials from Salem, Marblehead and Peabody met in Danvers."
    names = ["Salem", "Marblehead", "Peabody", "Danvers"]
    entities = [
        Entity(text=name, label="GPE", start=text.index(name), end=text.index(name) + len(name)) for name in names
    ]
    salem = locate(text, entities, None)[0]
    assert (salem.country, salem.admin1, salem.kind) == ("US", "MA", "city")


@pytest.mark.parametrize(
    ("name", "country", "admin1"), [("S.C.", "US", "SC"), ("B.C.", "CA", "02"), ("NSW", "AU", "02")]
)
def test_regions_are_known_as_news_writes_them(name: str, country: str, admin1: str) -> None:
    first = candidates(name)[0]
    assert (first.country, first.admin1, first.kind) == (country, admin1, "region")


def test_washington_alone_is_the_capital() -> None:
    assert candidates("Washington")[0].admin1 == "DC"
    assert candidates("Washington state")[0].admin1 == "WA"
