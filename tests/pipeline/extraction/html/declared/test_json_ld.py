from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.html.declared.broken_json import read_broken
from copydesk.pipeline.extraction.html.declared.json_ld import nodes, own


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "It\\x27s on", "author": "Mara Ellwood"}',
        '{"@type": "NewsArticle", "headline": "He said "no" today", "author": "Mara Ellwood"}',
        '{"@type": "NewsArticle", "headline": "The "quay", he said, is "wet"", "author": "Mara Ellwood"}',
        '{"@type": "NewsArticle", "headline": "one\nline\ttwo", "author": "Mara Ellwood",}',
        '{"@type": "NewsArticle", "headline": "x" "author": "Mara Ellwood"}',
        '{"@type": "NewsArticle", "headline": "x", "author": "Mara Ellwood", "image": {"url": "y"',
        '// from the desk\n{"@type": "NewsArticle", "author": "Mara Ellwood"}',
        '<![CDATA[{"@type": "NewsArticle", "author": "Mara Ellwood"}]]>',
        '{"@type": "WebPage"}{"@type": "NewsArticle", "author": "Mara Ellwood"}',
        '{"@type": "schema:NewsArticle", "schema:author": "Mara Ellwood"}',
    ],
)
def test_of_a_broken_object_what_can_be_read_is_read(script: str) -> None:
    assert "Mara Ellwood" in [node.get("author") for node in nodes([script])]


def test_an_escape_that_is_none_is_its_character() -> None:
    assert read_broken(r'{"name": "Mara O\'Ell \x26 Co"}') == {"name": "Mara O'Ell & Co"}


@given(
    st.dictionaries(
        st.text(st.characters(categories=["L"]), min_size=1, max_size=5),
        st.integers() | st.booleans() | st.text(st.characters(categories=["L", "N"])),
    )
)
def test_json_that_is_sound_reads_the_same(value: dict[str, object]) -> None:
    assert read_broken(json.dumps(value)) == value


@given(st.text(alphabet='{}[]",:\\ax1 \n/*', max_size=200))
def test_whatever_comes_is_read_to_its_end(text: str) -> None:
    read_broken(text)


def test_an_article_with_another_address_and_headline_is_not_the_pages() -> None:
    ours = {"@type": "NewsArticle", "headline": "Harbour to be dredged", "url": "https://g.example/harbour"}
    other = {"@type": "NewsArticle", "headline": "Ferry stops", "url": "https://g.example/ferry"}
    assert own([other, ours], ["https://g.example/harbour?x=1"], ["Harbour to be dredged"]) == [ours]


def test_an_article_that_does_not_tell_whose_it_is_stays() -> None:
    unnamed = {"@type": "NewsArticle", "headline": "Another headline of it"}
    assert own([unnamed], ["https://g.example/harbour"], ["Harbour to be dredged"]) == [unnamed]
