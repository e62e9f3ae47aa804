from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.time.imprint import country_of, imprint_of


@pytest.mark.parametrize(
    "url, tag, first",
    [
        ("https://paper.co.uk/a", "en", False),
        ("https://paper.in/a", "en", False),
        ("https://paper.com/a", "en-GB", False),
        ("https://paper.com/a", "en-US", True),
        ("https://paper.com/a", "en", True),
        ("https://paper.ph/a", "en", True),
        ("https://paper.com/en-au/a", "en", False),
        ("https://paper.com/a", "de", False),
    ],
)
def test_day_and_month_stand_in_the_order_of_the_country(url: str, tag: str, first: bool) -> None:
    assert imprint_of(url, [tag], None).month_first is first


@pytest.mark.parametrize("other, first", [("13/05/2026", False), ("05/13/2026", True)])
def test_a_date_of_the_page_that_can_be_read_one_way_only_tells_the_order(other: str, first: bool) -> None:
    assert imprint_of("https://paper.com/a", ["en"], None, ["Menu", other]).month_first is first


@pytest.mark.parametrize(
    "url, country",
    [
        ("https://www.paper.co.uk/a", "gb"),
        ("https://paper.de", "de"),
        ("https://paper.com.co/a", "co"),
        ("https://paper.co/a", None),
        ("https://paper.io/a", None),
        ("https://paper.tv/a", None),
        ("paper.jp", "jp"),
        ("https://paper.com/a.de", None),
        (None, None),
    ],
)
def test_a_top_level_domain_tells_a_country_unless_it_is_sold_to_all(url: str | None, country: str | None) -> None:
    assert country_of(url) == country
