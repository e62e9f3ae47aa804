from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.text.explain import groups
from copydesk.pipeline.extraction.text.features import NAMES
from copydesk.pipeline.extraction.text.lines import split_lines
from copydesk.pipeline.extraction.text.reading import Reading, read_lines

STORY = [
    "The harbour of Ostrand will be dredged next spring, the town council decided on Tuesday after long debate.",
    "Mayor Ilse Varnhagen said the work would cost nine million crowns and would be paid for by the port itself.",
    "Fishermen had asked for a delay until the herring season is over, but the council found no majority for one.",
    "The last time the harbour was dredged was forty years ago, when ships were half as long as they are today.",
]
PAGE = [
    "Home", "Sport", "Weather", "Subscribe", "Harbour to be dredged next spring", "By Tove Maranz", "4 May 2026, 14:20",
    "Share", *STORY, "Most read", "Lottery numbers", "Four things to do in Ostrand this week", "Imprint", "Contact",
    "© Ostrand Gazette 2026",
]  # fmt: skip
FETCHED = datetime(2026, 5, 6, tzinfo=UTC)
URL = "https://gazette.example/local/harbour-to-be-dredged-next-spring"


def reading(lines: list[str], url: str | None = None) -> Reading:
    return read_lines(list(split_lines("\n".join(lines))), url, FETCHED)


def test_each_part_of_a_page_is_found() -> None:
    found = reading(PAGE, URL)
    assert [line.text for line in found.labelled("body")] == STORY
    assert [line.text for line in found.labelled("headline")] == ["Harbour to be dredged next spring"]
    assert found.authors == ("Tove Maranz",)
    assert found.published is not None
    assert found.published.when.isoformat() == "2026-05-04T14:20:00"


def test_paragraphs_are_likelier_body_than_all_round_them() -> None:
    found = reading(PAGE)
    told = [i for i, text in enumerate(PAGE) if text in STORY]
    rest = [i for i in range(len(PAGE)) if i not in told]
    assert found.chances[told].min() > found.chances[rest].max()


def test_confidence_falls_where_the_lines_leave_doubt() -> None:
    doubtful = [*PAGE[:8], *(f"{line[:45]} and" for line in STORY), *PAGE[12:]]
    assert reading(PAGE, URL).confidence > reading(doubtful).confidence


@pytest.mark.parametrize("lines", [["."], ["a"], ["x" * 20_000], ["One line only, and it ends."]])
def test_a_page_of_one_line_is_read(lines: list[str]) -> None:
    assert len(reading(lines).labels) == 1


@given(st.lists(st.text(max_size=200), max_size=30), st.none() | st.just(URL))
def test_every_line_has_a_label_and_a_chance_whatever_it_holds(lines: list[str], url: str | None) -> None:
    found = reading(lines, url)
    assert len(found.labels) == len(found.lines) == len(found.chances)
    assert np.all((found.chances >= 0) & (found.chances <= 1))
    assert 0 <= found.confidence <= 1 + 1e-6


def test_each_feature_belongs_to_one_witness() -> None:
    columns = [column for found in groups().values() for column in found]
    assert sorted(columns) == list(range(len(NAMES)))
    assert all(groups().values())


@pytest.mark.parametrize(
    "printed, day", [("3/5/2026", "2026-05-03"), ("5/3/2026", "2026-05-03"), ("2/1/2026", "2026-02-01")]
)
def test_a_day_that_can_be_read_two_ways_is_the_one_nearer_the_fetch(printed: str, day: str) -> None:
    found = reading([line.replace("4 May 2026, 14:20", printed) for line in PAGE], URL)
    assert found.published is not None
    assert str(found.published.when.date()) == day


@pytest.mark.parametrize("line", [STORY[0], "Warm. " * 40, "On 4 May 2026 the harbour of Ostrand was closed to ships."])
def test_the_only_line_of_prose_is_the_article(line: str) -> None:
    assert [kept.text for kept in reading([line]).labelled("body")] == [line.strip()]


def test_a_paragraph_that_names_a_day_stays_a_paragraph() -> None:
    dated = "On 4 May 2026 at 14:20 the council of Ostrand met once more to talk about the harbour, and closed it."
    lines = [line for line in PAGE if line != "4 May 2026, 14:20"]
    lines.insert(lines.index(STORY[1]), dated)
    assert dated in [line.text for line in reading(lines, URL).labelled("body")]


@pytest.mark.parametrize("url", [None, "https://gazette.example/a/88240", URL])
def test_a_stray_comment_on_top_is_no_headline(url: str | None) -> None:
    comment = "they should mend the road to the harbour first before anything else honestly"
    page = [
        comment,
        "Harbour to be dredged next spring",
        "14:20 May 4, 2026",
        "LIKE SAVE FONT SIZE",
        *STORY,
        "Back",
        "Top",
    ]
    found = reading(page, url)
    assert found.headline == "Harbour to be dredged next spring"
    assert [line.text for line in found.labelled("body")] == STORY
