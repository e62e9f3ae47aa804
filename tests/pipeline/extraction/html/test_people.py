from __future__ import annotations

import json
from typing import Any

import pytest

from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.people import authors


def named(author: Any, byline: str = "", language: str = "en") -> tuple[str, ...]:
    """The authors of a page whose JSON-LD gives ``author`` and that prints ``byline``."""
    script = json.dumps({"@type": "NewsArticle", "author": author}) if author else "{}"
    printed = f'<p class="byline">{byline}</p>' if byline else ""
    markup = read_markup(
        f'<html lang="{language}"><head><meta property="og:site_name" content="The Ostrand Gazette">'
        f'<script type="application/ld+json">{script}</script></head><body><h1>Harbour to be dredged</h1>{printed}'
        "<p>The harbour will be dredged.</p></body></html>"
    )
    last = len(markup.blocks) - 1
    return authors(markup, json_ld.nodes(markup.json_ld), (last, last))


@pytest.mark.parametrize(
    "author",
    [
        "Mara Ellwood and Tomas Brenk",
        ["Mara Ellwood", "Tomas Brenk"],
        [{"name": "Mara Ellwood"}, {"@type": "Person", "givenName": "Tomas", "familyName": "Brenk"}],
        [[{"name": ["Mara Ellwood", "Tomas Brenk"]}]],
        {"@list": [{"name": {"@value": "Mara Ellwood"}}, "Tomas Brenk"]},
        ["https://gazette.example/mara", {"name": "Mara Ellwood"}, {"name": "By Tomas Brenk, Staff Writer"}],
    ],
)
def test_authors_are_found_in_every_form_of_structured_data(author: Any) -> None:
    assert named(author) == ("Mara Ellwood", "Tomas Brenk")


@pytest.mark.parametrize(
    "author",
    ["The Ostrand Gazette", "Reuters", {"@type": "Organization", "name": "Ostrand Gazette"}, "https://f.example/m"],
)
def test_where_markup_names_an_outlet_and_print_a_person_the_person_counts(author: Any) -> None:
    assert named(author, "By Mara Ellwood") == ("Mara Ellwood",)


def test_an_agency_is_no_author() -> None:
    assert named("Associated Press") == ()


def test_a_german_papers_initials_of_an_agency_stand_for_the_writer() -> None:
    assert named("dpa", language="de") == ("dpa",)


@pytest.mark.parametrize(
    "line, names",
    [
        ("<table><td>2026-05-04 阅读：816 来源:转载 作者:柳青山</td></table>", ("柳青山",)),
        ("<table><td>02日14:25 作者： 柳青山 出自[海报出版社]</td></table>", ("柳青山",)),
        ("<p>□ 本报记者 柳青山 温河</p>", ("柳青山", "温河")),
        ("<center>本报记者柳青山发自绿岛</center>", ("柳青山",)),
    ],
)
def test_a_label_within_a_line_names_who_stands_behind_it(line: str, names: tuple[str, ...]) -> None:
    markup = read_markup(
        f"<html><body><div>新码头今天开放</div>{line}<p>新的码头今天在绿岛开放，市长说。</p></body></html>"
    )
    assert authors(markup, [], (2, 2)) == names
