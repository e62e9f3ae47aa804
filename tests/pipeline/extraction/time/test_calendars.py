from __future__ import annotations

from datetime import date

import pytest

from copydesk.pipeline.extraction.time.calendars import day_of
from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.timestamps import read_time


@pytest.mark.parametrize(
    "calendar, year, month, day, gregorian",
    [
        ("persian", 1403, 12, 30, "2025-03-20"),
        ("persian", 1405, 1, 1, "2026-03-21"),
        ("islamic", 1447, 1, 1, "2025-06-26"),
        ("ethiopian", 2018, 1, 1, "2025-09-11"),
        ("nepali", 2083, 1, 1, "2026-04-14"),
        ("bengali", 1433, 1, 1, "2026-04-14"),
        ("hebrew", 5786, 1, 1, "2025-09-23"),
    ],
)
def test_a_day_of_another_calendar_has_its_gregorian_day(
    calendar: str, year: int, month: int, day: int, gregorian: str
) -> None:
    assert day_of(calendar, year, month, day) == date.fromisoformat(gregorian)


@pytest.mark.parametrize(
    "calendar, year, month, day",
    [("persian", 1404, 12, 30), ("islamic", 1447, 13, 1), ("ethiopian", 2018, 13, 6), ("hebrew", 5786, 6, 1)],
)
def test_a_day_that_a_calendar_has_not_is_none(calendar: str, year: int, month: int, day: int) -> None:
    assert day_of(calendar, year, month, day) is None


@pytest.mark.parametrize(
    "text, country, language, day",
    [
        ("دوشنبه ۱۴ اردیبهشت ۱۴۰۵", "ir", "fa", "2026-05-04"),
        ("۱۴۰۵/۰۲/۱۴", "ir", "fa", "2026-05-04"),
        ("۱۴ ثور ۱۴۰۵", "af", "ps", "2026-05-04"),
        ("الاثنين 17 ذو القعدة 1447 هـ", "sa", "ar", "2026-05-04"),
        ("1447/11/17", "sa", "ar", "2026-05-04"),
        ("4 พฤษภาคม พ.ศ. 2569", "th", "th", "2026-05-04"),
        ("4 พ.ค. 69", "th", "th", "2026-05-04"),
        ("04/05/2569", "th", "th", "2026-05-04"),
        ("令和8年5月4日", "jp", "ja", "2026-05-04"),
        ("令和元年5月4日", "jp", "ja", "2019-05-04"),
        ("R8.5.4", "jp", "ja", "2026-05-04"),
        ("民國115年5月4日", "tw", "zh", "2026-05-04"),
        ("115/05/04", "tw", "zh", "2026-05-04"),
        ("二〇二六年五月四日", None, "zh", "2026-05-04"),
        ("ሚያዝያ 26 ቀን 2018 ዓ.ም", "et", "am", "2026-05-04"),
        ("२०८३ वैशाख २१ गते", "np", "ne", "2026-05-04"),
        ("17 באייר 5786", "il", "he", "2026-05-04"),
    ],
)
def test_the_calendars_of_the_worlds_news_are_read(text: str, country: str | None, language: str, day: str) -> None:
    stamp = read_time(text, Imprint(country, language))
    assert stamp is not None
    assert stamp.when.date().isoformat() == day


def test_of_one_day_in_two_calendars_the_gregorian_is_believed() -> None:
    stamp = read_time("16 ذو القعدة 1447 هـ الموافق 4 مايو 2026 م", Imprint("sa", "ar"))
    assert stamp is not None
    assert stamp.when.date() == date(2026, 5, 4)
