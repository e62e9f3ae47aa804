from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.time.zones import instant


@pytest.mark.parametrize(
    "text, at",
    [
        ("4 May 2026, 14:30 (GMT+8)", "2026-05-04T14:30:00+08:00"),
        ("4 May 2026, 14:30 UTC+05:30", "2026-05-04T14:30:00+05:30"),
        ("4 May 2026, 14:30 GMT-3", "2026-05-04T14:30:00-03:00"),
        ("4 May 2026, 14:30 UTC −5", "2026-05-04T14:30:00-05:00"),
        ("Mon, 04 May 2026 14:30:00 +0530", "2026-05-04T14:30:00+05:30"),
        ("Mon, 04 May 2026 14:30:00 GMT", "2026-05-04T14:30:00+00:00"),
        ("Monday, 04-May-26 14:30:00 UTC", "2026-05-04T14:30:00+00:00"),
        ("Mon May 04 14:30:00 GMT+08:00 2026", "2026-05-04T14:30:00+08:00"),
        ("Mon May  4 14:30:00 JST 2026", "2026-05-04T14:30:00+09:00"),
        ("Mon May 04 2026 14:30:00 GMT+0800 (China Standard Time)", "2026-05-04T14:30:00+08:00"),
        ("5/4/2026 2:30:00 PM +02:00", "2026-05-04T14:30:00+02:00"),
        ("2026-05-04T14:30:00+08:00[Asia/Shanghai]", "2026-05-04T14:30:00+08:00"),
        ("2026-05-04 14:30:00 +0800 CST", "2026-05-04T14:30:00+08:00"),
        ("2026-05-04 14:30:00 Europe/Madrid", "2026-05-04T14:30:00+02:00"),
        ("2026-05-04T14:30-500", "2026-05-04T14:30:00-05:00"),
        ("/Date(1777897800000+0200)/", "2026-05-04T14:30:00+02:00"),
        ("May 4, 2026 2:30 PM ET", "2026-05-04T14:30:00-04:00"),
        ("4 мая 2026, 14:30 мск", "2026-05-04T14:30:00+03:00"),
        ("14:30, 4 мая 2026 (по московскому времени)", "2026-05-04T14:30:00+03:00"),
        ("04.05.2026, 14.30 Uhr MESZ", "2026-05-04T14:30:00+02:00"),
        ("4 Mei 2026 14.30 WIB", "2026-05-04T14:30:00+07:00"),
    ],
)
def test_a_printed_zone_is_explicit(text: str, at: str) -> None:
    stamp = read_time(text, Imprint(language="en", order="mdy"))
    assert stamp is not None
    found = instant(stamp, None, "paper.com", "en")
    assert (found.at.isoformat(), found.zone) == (at, "explicit")


@pytest.mark.parametrize(
    "name, country, offset",
    [
        ("IST", "in", 5.5), ("IST", "ie", 1), ("IST", "il", 3), ("BST", "gb", 1), ("BST", "bd", 6), ("CST", "us", -6),
        ("CST", "cn", 8), ("EST", "us", -5), ("EST", "au", 10), ("PST", "ph", 8), ("AST", "sa", 3), ("GST", "ae", 4),
    ],
)  # fmt: skip
def test_an_abbreviation_is_read_by_the_country_of_the_site(name: str, country: str, offset: float) -> None:
    stamp = read_time(f"4 May 2026, 14:30 {name}", Imprint(country, "en"))
    assert stamp is not None
    assert stamp.when.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("name", ["IST", "CST", "BST"])
def test_a_name_that_means_several_zones_is_never_explicit_where_nothing_tells_which(name: str) -> None:
    stamp = read_time(f"4 May 2026, 14:30 {name}", Imprint(language="en"))
    assert stamp is not None
    assert instant(stamp, None, "paper.com", "en").zone == "inferred"


def test_a_name_that_means_several_zones_is_read_by_the_dateline() -> None:
    stamp = read_time("4 May 2026, 14:30 IST", Imprint(language="en"))
    assert stamp is not None
    assert instant(stamp, "DUBLIN", "paper.com", "en").at.isoformat() == "2026-05-04T14:30:00+01:00"


def test_a_stretch_of_time_is_no_offset() -> None:
    stamp = read_time("4 May 2026, 10:00-12:00")
    assert stamp is not None
    assert stamp.zone is None


@given(st.integers(-12 * 4, 14 * 4), st.sampled_from(["GMT{}", "UTC{}", "{}"]))
def test_every_offset_of_the_world_is_read_as_printed(quarters: int, form: str) -> None:
    sign, (hours, quarter) = "-" if quarters < 0 else "+", divmod(abs(quarters), 4)
    stamp = read_time(f"4 May 2026 14:30 {form.format(f'{sign}{hours:02}:{quarter * 15:02}')}")
    assert stamp is not None
    assert stamp.when.utcoffset() == timedelta(minutes=15 * quarters)
