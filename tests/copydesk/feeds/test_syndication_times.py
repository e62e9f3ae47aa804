from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.feeding.rows import rows

RSS = (
    '<rss version="2.0"><channel><title>Norvik Courier</title><item><title>Bridge</title><link>{link}</link>'
    "<pubDate>{date}</pubDate><description>The bridge will close.</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "date, link, at",
    [
        ("Mon, May 04 2026 08:18:00 PM", "https://courier.example/1", "2026-05-04T20:18:00+00:00"),
        ("Mon, 04 May 2026 20:18:00 +0530", "https://courier.example/1", "2026-05-04T20:18:00+05:30"),
        ("Mon, 04 May 26 20:18:00 EST", "https://courier.example/1", "2026-05-04T20:18:00-05:00"),
        ("Mon, 04 May 2026 20:18:00 GMT+8", "https://courier.example/1", "2026-05-04T20:18:00+08:00"),
        ("Mon, 04 May 2026 20:18:00 IST", "https://courier.in/1", "2026-05-04T20:18:00+05:30"),
        ("2026-05-04 20:18:00", "https://courier.jp/1", "2026-05-04T20:18:00+09:00"),
        ("Mo, 04 Mai 2026 20:18:00 +0200", "https://courier.example/1", "2026-05-04T20:18:00+02:00"),
        ("пн, 04 мая 2026 20:18:00 +0300", "https://courier.example/1", "2026-05-04T20:18:00+03:00"),
    ],
)
def test_the_time_of_an_entry_is_read_in_each_form_that_feeds_print(
    tmp_path: Path, date: str, link: str, at: str
) -> None:
    (tmp_path / "feed.rss").write_text(RSS.format(date=date, link=link), encoding="utf-8")
    [row] = rows(tmp_path / "feed.rss")
    assert row.page["hints"]["published_at"] == at
