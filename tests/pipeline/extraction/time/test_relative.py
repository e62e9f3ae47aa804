from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.time.zones import instant

FETCHED = datetime(2026, 5, 4, 12, 40, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago", "3h ago", "Published 3 hrs ago",
        "vor 3 Stunden", "il y a 3 heures", "hace 3 horas", "há 3 horas",
        "3 часа назад", "3 години тому", "3 godziny temu", "3 timmar sedan",
        "3 saat önce", "3小时前", "3 小時前", "3時間前",
        "3시간 전", "3 giờ trước", "3 jam yang lalu", "3 ชั่วโมงที่ผ่านมา",
        "3 घंटे पहले", "৩ ঘণ্টা আগে", "منذ 3 ساعات", "۳ ساعت پیش",
        "לפני 3 שעות", "πριν από 3 ώρες", "3 órával ezelőtt",
    ],
)  # fmt: skip
def test_hours_gone_by_are_counted_from_the_fetch(text: str) -> None:
    stamp = read_time(text, Imprint(fetched_at=FETCHED))
    assert stamp is not None
    assert (stamp.when.isoformat(), stamp.precision) == ("2026-05-04T09:40:00+00:00", "hour")


@pytest.mark.parametrize(
    "text, at, precision",
    [
        ("12 minutes ago", "2026-05-04T12:28:00+00:00", "minute"),
        ("an hour ago", "2026-05-04T11:40:00+00:00", "hour"),
        ("منذ ساعتين", "2026-05-04T10:40:00+00:00", "hour"),
        ("2 days ago", "2026-05-02T00:00:00", "day"),
        ("yesterday", "2026-05-03T00:00:00", "day"),
        ("gestern, 14:30 Uhr", "2026-05-03T14:30:00", "minute"),
        ("вчера, 14:30", "2026-05-03T14:30:00", "minute"),
        ("今天 08:30", "2026-05-04T08:30:00", "minute"),
    ],
)
def test_a_time_is_as_precise_as_it_is_told(text: str, at: str, precision: str) -> None:
    stamp = read_time(text, Imprint(fetched_at=FETCHED))
    assert stamp is not None
    assert (stamp.when.isoformat(), stamp.precision) == (at, precision)


@pytest.mark.parametrize("text", ["2 weeks ago", "3 months ago", "5 min read", "News Today", "400 hours ago"])
def test_what_tells_no_day_gives_none(text: str) -> None:
    assert read_time(text, Imprint(fetched_at=FETCHED)) is None


def test_without_a_time_of_fetch_nothing_is_counted() -> None:
    assert read_time("3 hours ago") is None


def test_a_time_counted_from_the_fetch_is_inferred() -> None:
    stamp = read_time("3 hours ago", Imprint(fetched_at=FETCHED))
    assert stamp is not None
    assert instant(stamp, "SEOUL", "paper.jp", "ja").zone == "inferred"
