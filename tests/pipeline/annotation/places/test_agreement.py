from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.annotation.places.agreement import agreement, holds
from copydesk.pipeline.annotation.places.places import locate
from copydesk.pipeline.gazetteer import Entry, candidates
from copydesk.schemas import Entity


def spot(latitude: float, longitude: float, kind: str = "city", country: str = "US", admin1: str = "PA") -> Entry:
    return Entry(1, kind, latitude, longitude, country, admin1, 1_000, "UTC")  # type: ignore[arg-type]


def odds(names: list[list[Entry]], pairs: list[tuple[int, int]] | None = None) -> list[list[float]]:
    return agreement(names, [[0.0] * len(name) for name in names], [1.0] * len(names), pairs or [])


def test_the_namesake_beside_other_places_gains() -> None:
    here, far = spot(40, -75), spot(-30, 20, country="ZA")
    [[near, away], _] = odds([[here, far], [spot(40.2, -75.1)]])
    assert near > away + 1


def test_the_namesake_in_the_country_of_others_gains() -> None:
    here, far = spot(40, -75), spot(-30, 20, country="ZA")
    [[near, away], _] = odds([[here, far], [spot(36, -120, admin1="CA")]])
    assert near > away


def test_a_place_alone_gains_nothing() -> None:
    assert odds([[spot(40, -75), spot(0, 0, country="ZA")]]) == [[0.0, 0.0]]
    assert odds([]) == []


def test_a_place_printed_with_the_region_it_lies_in_is_there() -> None:
    texas = spot(31, -99, kind="region", admin1="TX")
    here, far = spot(33.7, -95.6, admin1="TX"), spot(48.9, 2.4, country="FR", admin1="11")
    [[near, away], _] = odds([[here, far], [texas]], pairs=[(0, 1)])
    assert near > away + 5


@pytest.mark.parametrize(
    ("area", "place", "within"),
    [
        (spot(31, -99, kind="region", admin1="TX"), spot(33, -95, admin1="TX"), True),
        (spot(31, -99, kind="region", admin1="TX"), spot(40, -75, admin1="PA"), False),
        (spot(39, -98, kind="country"), spot(40, -75), True),
        (spot(39, -98, kind="country"), spot(50, 0, country="GB"), False),
        (spot(40, -75), spot(40, -75), False),
    ],
)
def test_an_area_holds_what_bears_its_codes(area: Entry, place: Entry, within: bool) -> None:
    assert holds(area, place) == within


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["US", "FR", ""]))


@settings(max_examples=50)
@given(st.lists(st.lists(points, min_size=1, max_size=4), max_size=5))
def test_agreement_never_counts_against_a_namesake_wherever_it_lies(
    names: list[list[tuple[float, float, str]]],
) -> None:
    entries = [[spot(latitude, longitude, country=country) for latitude, longitude, country in name] for name in names]
    gained = odds(entries)
    assert [len(name) for name in gained] == [len(name) for name in entries]
    assert all(gain >= 0 for name in gained for gain in name)


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
