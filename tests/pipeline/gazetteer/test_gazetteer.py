from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.pipeline.gazetteer import candidates
from copydesk.pipeline.gazetteer.demonyms import _places, of_people


@pytest.mark.parametrize(
    "name, country, zone",
    [
        ("SEOUL", "KR", "Asia/Seoul"),
        ("seoul", "KR", "Asia/Seoul"),
        ("Kyiv", "UA", "Europe/Kyiv"),
        ("Wien", "AT", "Europe/Vienna"),
        ("São Paulo", "BR", "America/Sao_Paulo"),
    ],
)
def test_a_city_is_found_in_any_case_and_by_its_other_names(name: str, country: str, zone: str) -> None:
    entry = candidates(name)[0]
    assert (entry.country, entry.timezone, entry.kind) == (country, zone, "city")


@pytest.mark.parametrize(
    "name, country", [("North Korea", "KP"), ("U.S.", "US"), ("Deutschland", "DE"), ("Russia", "RU")]
)
def test_a_country_is_found_by_the_names_the_news_uses(name: str, country: str) -> None:
    entry = candidates(name)[0]
    assert (entry.country, entry.kind) == (country, "country")


def test_namesakes_come_with_the_largest_first() -> None:
    countries = [entry.country for entry in candidates("Paris")]
    assert countries[0] == "FR"
    assert "US" in countries


@given(st.text(max_size=100))
@example("\x00")
def test_any_name_can_be_looked_up(name: str) -> None:
    assert isinstance(candidates(name), tuple)


@pytest.mark.parametrize(
    "name, country, kind",
    [
        ("Alberta", "CA", "region"),
        ("Queensland", "AU", "region"),
        ("Licking County", "US", "county"),
        ("Devon", "GB", "county"),
        ("Bavaria", "DE", "region"),
        ("Sokoto State", "NG", "region"),
        ("Scotland", "GB", "region"),
        ("Texas", "US", "region"),
    ],
)
def test_regions_and_counties_are_known(name: str, country: str, kind: str) -> None:
    entry = candidates(name)[0]
    assert (entry.country, entry.kind) == (country, kind)


def test_a_continent_is_in_no_country() -> None:
    assert (candidates("Europe")[0].kind, candidates("Europe")[0].country) == ("region", "")


@pytest.mark.parametrize(
    "name, latitude, longitude",
    [("the Black Sea", 43, 34), ("Sahara", 23, 26), ("Mount Fuji", 35.4, 138.7), ("Lake Victoria", -1, 33)],
)
def test_seas_mountains_and_lakes_are_known(name: str, latitude: float, longitude: float) -> None:
    entry = candidates(name)[0]
    assert (entry.kind, round(entry.latitude - latitude), round(entry.longitude - longitude)) == ("natural", 0, 0)


def test_accents_hyphens_and_saint_for_short_do_not_matter() -> None:
    assert candidates("Sao Paulo") == candidates("São Paulo")
    assert candidates("St. Paul") == candidates("Saint Paul")
    assert candidates("Stoke-on-Trent") == candidates("Stoke on Trent")


def test_a_name_that_is_not_the_places_own_is_marked() -> None:
    assert {entry.alias for entry in candidates("Vienna") if entry.country == "AT"} == {False}
    assert {entry.alias for entry in candidates("Wien") if entry.country == "AT"} == {True}
    assert {entry.alias for entry in candidates("Licking") if entry.kind == "county"} == {True}


@pytest.mark.parametrize(
    "name, country, admin1",
    [
        ("Kenyan", "KE", None),
        ("Britons", "GB", None),
        ("Swiss", "CH", None),
        ("Texan", "US", "TX"),
        ("Paris", "", None),
    ],
)
def test_what_people_are_called_tells_their_country(name: str, country: str, admin1: str | None) -> None:
    found = of_people(name)
    assert [(entry.country, entry.admin1) for entry in found] == ([(country, admin1)] if country else [])


def test_every_demonym_is_of_a_place_that_is_known() -> None:
    assert [word for word in _places() if not of_people(word)] == []
