from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from copydesk.demo import sample
from copydesk.pipeline.extraction import extract
from copydesk.schemas import ContractError, RawArticle, decode

MESSAGES = list(sample.messages())


def pages() -> list[RawArticle]:
    read = []
    for message in MESSAGES:
        try:
            read.append(decode(RawArticle, message.value))
        except ContractError:
            continue
    return read


def test_two_messages_are_broken_one_not_json_and_one_of_the_wrong_shape() -> None:
    problems = []
    for message in MESSAGES:
        try:
            decode(RawArticle, message.value)
        except ContractError as error:
            problems.append(error.problems[0].path)
    assert len(MESSAGES) >= 44
    assert problems == ["$", "$.url"]


def test_the_key_is_the_url() -> None:
    for message in MESSAGES:
        if message.key != b"broken":
            assert decode(RawArticle, message.value).url == message.key.decode()


def test_outlets_live_in_the_domain_reserved_for_examples() -> None:
    assert all((urlsplit(page.url or "").hostname or "").endswith(".example") for page in pages())


def test_pages_come_as_html_as_text_and_as_bytes() -> None:
    assert {page.content_type for page in pages()} == {"text/html", "text/plain"}
    assert {page.charset for page in pages()} == {None, "windows-1252"}


def test_nothing_of_a_template_is_left_on_a_page() -> None:
    for page in pages():
        text = page.page.decode("windows-1252") if isinstance(page.page, bytes) else page.page
        assert "${" not in text and "$headline" not in text


@pytest.mark.parametrize("story", sorted((sample.HERE / "stories").iterdir()), ids=lambda path: path.stem)
def test_every_story_is_run_by_an_outlet(story: object) -> None:
    assert f'story = "{story.stem}"' in (sample.HERE / "crawl.toml").read_text(encoding="utf-8")  # type: ignore[attr-defined]


def test_bylines_name_people_in_several_languages() -> None:
    assert sample.outlet_authors("By A Bell and C Dee") == ["A Bell", "C Dee"]
    assert sample.outlet_authors("Por A Sol y B Mar") == ["A Sol", "B Mar"]
    assert sample.outlet_authors("Von A Berg und B See") == ["A Berg", "B See"]
    assert sample.outlet_authors("") == []


def test_a_printed_date_is_no_paragraph_of_any_page() -> None:
    articles = [extract(page) for page in pages()]
    assert [article.url for article in articles if article.text.partition("\n")[0].endswith("2026")] == []
