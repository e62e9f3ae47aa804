from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction.text import read
from copydesk.pipeline.extraction.text.live import entry_times
from copydesk.schemas import RawArticle

TIMES = ("21:40", "20:05", "19:10", "18:44", "17:32", "16:58")
HEADINGS = ("Power is back", "Two ferries return", "School stays shut", "Trees on the line", "Roofs", "First gusts")
TEXTS = (
    "The last of the four thousand homes in Hagendorf was connected again on Monday night, the works said.",
    "The Saare Linnu and the Luik have left the quay with some three hundred people who had waited since noon.",
    "Children in Ostermark have a day off tomorrow, mayor Mara Ellwood has decided after a talk with the schools.",
    "No trains will run between Ostermark and the border before morning, the railway of the valley has announced.",
    "Roofs lie in the road between Ostermark and the mill, so drivers should take the valley road, police said.",
    "At the airfield 118 kilometres an hour were measured before noon, a record for the month of June, they said.",
)
TOP = (
    "News",
    "Sport",
    "Culture",
    "Live: storm reaches the coast of Ostermark",
    "By Mirela Kask",
    "30 June 2025, 15:10",
)
FOOT = ("Share", "© 2025 Lenne Courier. All rights reserved.", "Imprint")


def dump(top: tuple[str, ...] = TOP, times: tuple[str, ...] = TIMES) -> str:
    column = [line for three in zip(times, HEADINGS, TEXTS, strict=True) for line in three]
    return "\n".join(
        (*top, "A storm has reached the coast. What we know of roads and ferries is here.", *column, *FOOT)
    )


def raw(text: str) -> RawArticle:
    return RawArticle(url=None, fetched_at=datetime(2025, 7, 2, tzinfo=UTC), content_type="text/plain", content=text)


@pytest.mark.parametrize("times", [TIMES, TIMES[::-1], tuple(f"{time} Mirela Kask" for time in TIMES)])
def test_a_live_blog_in_a_dump_keeps_its_entries(times: tuple[str, ...]) -> None:
    page = read(raw(dump(times=times)))
    assert page.kind == "live-blog"
    assert [line for line in page.paragraphs if line in (*HEADINGS, *TEXTS)] == [
        line for pair in zip(HEADINGS, TEXTS, strict=True) for line in pair
    ]
    assert not set(times) & set(page.paragraphs)


def test_its_time_is_the_pages() -> None:
    page = read(raw(dump()))
    assert page.published is not None and page.published.when == datetime(2025, 6, 30, 15, 10)


@pytest.mark.parametrize(
    "lines",
    [
        dump(top=("News", "Sport", "What Ostermark did on a Monday in June")).split("\n"),  # nothing calls it live
        dump(times=("21:40", "9:05", "19:10", "8:44", "17:32", "6:58")).split("\n"),  # in no order, as comments are
        [
            "Live: what is on tonight in Hagendorf",
            *(line for t, h in zip(TIMES, HEADINGS, strict=True) for line in (t, h)),
        ],
    ],
)
def test_other_dumps_with_times_are_none(lines: list[str]) -> None:
    assert entry_times(lines, None) == ()
