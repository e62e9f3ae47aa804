import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.timestamps import read_time


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("2025-06-30T22:35:00+09:00", "2025-06-30T22:35:00+09:00", "second"),
        ("2023-04-28 18:15:11.123Z", "2023-04-28T18:15:11+00:00", "second"),
        ("20250113T200137+0900", "2025-01-13T20:01:37+09:00", "second"),
        ("1751292131000", "2025-06-30T14:02:11+00:00", "second"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00", "second"),
        ("22:35 June 30, 2025", "2025-06-30T22:35:00", "minute"),
        ("June 30, 2025 10:35 p.m. KST", "2025-06-30T22:35:00+09:00", "minute"),
        ("30. Juni 2025, 14:05 Uhr", "2025-06-30T14:05:00", "minute"),
        ("30.06.25 | 14:07 Uhr", "2025-06-30T14:07:00", "minute"),
        ("3 de marzo de 2024", "2024-03-03T00:00:00", "day"),
        ("2019年04月13日 09時00分", "2019-04-13T09:00:00", "minute"),
        ("2025. 6. 30. 오후 3:04", "2025-06-30T15:04:00", "minute"),
    ],
)
def test_times_are_read_as_pages_write_them(text, when, precision):
    stamp = read_time(text)
    assert (stamp.when.isoformat(), stamp.precision) == (when, precision)


@pytest.mark.parametrize(("month_first", "day"), [(True, "2025-03-04"), (False, "2025-04-03")])
def test_a_slashed_date_is_read_the_way_of_its_country(month_first, day):
    assert read_time("03/04/2025", Imprint(order="mdy" if month_first else None)).when.date().isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "0000-00-00", "1970-01-01T00:00:00Z", "24:00", "1e300", "page 12 of 2025", "12 ፩ 2026 May", ""],
)
def test_what_is_no_time_gives_none(text):
    assert read_time(text) is None


def test_a_zone_abbreviation_that_means_several_offsets_names_none():
    assert read_time("June 30, 2025 22:35 CST").zone is None


@given(st.text(max_size=400) | st.text("0123456789-/.: TZ+年月日JunMay", max_size=60))
def test_no_text_makes_reading_fail(text):
    stamp = read_time(text)
    assert stamp is None or stamp.when.tzinfo == stamp.zone
