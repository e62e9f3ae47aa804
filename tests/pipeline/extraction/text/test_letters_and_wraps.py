from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction import extract
from copydesk.pipeline.extraction.text.letter import open_letter
from copydesk.pipeline.extraction.text.lines import lines_of
from copydesk.pipeline.extraction.text.wrapped import joined
from copydesk.schemas import Article, RawArticle

STORY = [
    "The pier at Saare was shut on Monday after engineers found rust in its beams, the town said in a statement.",
    "About nine hundred people use it every day, most of them on their way to the ferry, which will moor elsewhere.",
    "The council has put aside the money for new beams, and hopes to open the pier again before the summer begins.",
]


def article(text: str) -> Article:
    return extract(RawArticle(content=text, content_type="text/plain", fetched_at=datetime(2026, 5, 4, tzinfo=UTC)))


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_lines_that_were_wrapped_are_paragraphs_again(width: int, between: str) -> None:
    text = between.join(textwrap.fill(part, width) for part in STORY * 3)
    found = [line.text for line in joined(lines_of(text), text)]
    if between == "\n\n":
        assert found == STORY * 3
    assert len(found) <= len(text.splitlines()) / 1.5 or width == 100


def test_lines_that_nobody_wrapped_stay_as_they_are() -> None:
    text = "\n".join(["News", "Sport", *STORY, "Privacy"])
    assert [line.text for line in joined(lines_of(text), text)] == text.splitlines()


@pytest.mark.parametrize(
    "subject, date",
    [
        ("Subject", "Date"),
        ("Betreff", "Datum"),
        ("Objet", "Date"),
        ("Asunto", "Fecha"),
        ("Тема", "Дата"),
        ("件名", "日付"),
    ],
)
def test_mail_is_read_by_its_headers(subject: str, date: str) -> None:
    text = f"From: Gazette <desk@gazette.example>\n{subject}: Fwd: Pier shut\n{date}: 4 May 2026\n\n" + "\n\n".join(
        STORY
    )
    letter = open_letter(lines_of(text))
    assert letter
    assert (letter.subject, letter.date) == ("Pier shut", "4 May 2026")
    assert [line.text for line in letter.lines] == STORY


def test_what_newsletters_print_round_their_text_and_what_a_mail_quotes_is_cut() -> None:
    text = "From: Gazette <desk@gazette.example>\nSubject: =?utf-8?q?Pier_shut_=E2=80=93_again?=\n\nView in browser\n\n"
    text += "\n\n".join(STORY) + "\n\n> An older mail of somebody's.\n\nUnsubscribe | Manage preferences"
    found = article(text)
    assert found.title == "Pier shut – again"
    assert found.text.split("\n") == STORY
    assert {"mail header", "quoted mail", "mail footer"} <= {cut.kind for cut in found.removed}


def test_quoted_printable_is_decoded() -> None:
    text = "From: a@b.example\nSubject: Pier shut\n\n" + "\n\n".join(
        part.replace(" the ", " =\nthe =E2=80=99 ") for part in STORY
    )
    assert "the ’ " in article(text).text


def test_a_page_with_a_colon_in_its_first_lines_is_no_mail() -> None:
    assert open_letter(lines_of("Weather: rain\nDate: today\n" + "\n".join(STORY))) is None


def test_a_list_whose_summaries_are_as_long_as_its_longest_line_is_not_wrapped() -> None:
    summaries = [f"The council of Saare put aside money for pier number {number}." for number in range(1, 7)]
    text = "\n".join(line for day, told in enumerate(summaries, 10) for line in (told, f"{day} April 2026"))
    assert [line.text for line in joined(lines_of(text), text)] == text.splitlines()
