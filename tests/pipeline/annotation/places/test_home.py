from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.places.home import homes
from copydesk.pipeline.annotation.places.places import locate
from copydesk.schemas import Entity, Source


@pytest.mark.parametrize(
    ("name", "domain", "country", "admin1"),
    [
        ("The Dallas News", None, "US", "TX"),
        (None, "lansingstatejournal.com", "US", "MI"),
        (None, "lasvegassun.com", "US", "NV"),
        (None, "www.cambridge-news.co.uk", "GB", "ENG"),
        (None, "thisisoxfordshire.co.uk", "GB", "ENG"),
        (None, "boston.com", "US", "MA"),
    ],
)
def test_an_outlet_is_at_home_where_its_name_says(name: str | None, domain: str, country: str, admin1: str) -> None:
    assert (country, admin1) in {
        (entry.country, entry.admin1) for entries in homes(Source(name=name, domain=domain), None) for entry in entries
    }


@pytest.mark.parametrize(
    "domain", ["reuters.com", "dailytribune.net", "star-telegram.com", "theguardian.com", "post.io", "", "localhost"]
)
def test_an_outlet_that_is_named_after_no_place_has_no_home(domain: str) -> None:
    assert homes(Source(domain=domain), None) == ()


def test_a_country_s_domain_tells_the_country() -> None:
    assert [[entry.country for entry in found] for found in homes(Source(), "https://example.ie/a?b=c.fr")] == [["IE"]]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_outlet_can_be_asked(name: str, url: str) -> None:
    assert isinstance(homes(Source(name=name), url), tuple)


def test_of_namesakes_the_one_at_the_outlets_home_is_meant() -> None:
    text = "The fire in Lancaster was put out on Monday."
    entities = [Entity(text="Lancaster", label="GPE", start=12, end=21)]
    assert locate(text, entities, None, homes(Source(domain="example.co.uk"), None))[0].country == "GB"
    assert locate(text, entities, None, homes(Source(domain="philadelphiainquirer.com"), None))[0].admin1 == "PA"
