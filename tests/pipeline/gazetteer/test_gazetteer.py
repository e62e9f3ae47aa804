from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.gazetteer import candidates


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
        ("Licking County", "US", "region"),
        ("Texas", "US", "region"),
    ],
)
def test_regions_and_counties_are_known(name: str, country: str, kind: str) -> None:
    entry = candidates(name)[0]
    assert (entry.country, entry.kind) == (country, kind)


def test_a_continent_is_in_no_country() -> None:
    assert (candidates("Europe")[0].name, candidates("Europe")[0].country) == ("Europe", "")
