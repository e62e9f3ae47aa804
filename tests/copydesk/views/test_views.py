from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from copydesk.cli.tail import columns, row
from copydesk.feeds import FORMATS, format_of
from copydesk.schemas import Article, encode
from copydesk.schemas.article import Agency, Dateline, Duplicate, Entity, Language, Place, Provenance, Source
from copydesk.views import VIEWS

ARTICLE = Article(
    id="8a1", url="https://gazette.example/snow", canonical_url="https://gazette.example/snow",
    source=Source(domain="gazette.example", name="Alpine Gazette"), title="Snow closes the pass",
    authors=("Jonas Brandt",), agency=Agency(name="Norpress", evidence="(Norpress)"),
    dateline=Dateline(text="GENEVA, Jan. 9 (Norpress) -- ", place="GENEVA", start=0, end=29),
    published_at=datetime(2026, 1, 9, 17, tzinfo=UTC), fetched_at=datetime(2026, 1, 9, 19, tzinfo=UTC),
    language=Language(code="en", confidence=1), text="GENEVA, Jan. 9 (Norpress) -- Snow closed the pass.", word_count=9,
    provenance=Provenance(pipeline="1", stages={}), rights=("All rights reserved",),
    duplicate=Duplicate(kind="near", cluster_id="7c", canonical_id="7c", containment=0.9, anchors=1.0),
    entities=(Entity(text="GENEVA", label="GPE", start=0, end=6),
              Entity(text="Norpress", label="ORG", start=16, end=24)),
    places=(Place(name="GENEVA", start=0, end=6, latitude=46.2, longitude=6.15, country="CH", score=0.9),),
    keywords=("snow", "pass"),
)  # fmt: skip
BARE = Article(
    id="8a2",
    language=Language(code="und", confidence=0),
    text="Snow.",
    word_count=1,
    provenance=Provenance(pipeline="1", stages={}),
)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("article", [ARTICLE, BARE], ids=["full", "bare"])
def test_a_view_is_json_that_a_feeder_takes_back(name: str, article: Article) -> None:
    view: dict[str, Any] = orjson.loads(orjson.dumps(VIEWS[name](article)))
    assert article.text in str(view)
    if article is ARTICLE:
        assert format_of(view) is FORMATS[name]
        loose = FORMATS[name].loose(view)
        assert loose["hints"]["title"] == article.title
        assert loose["hints"]["authors"] == ["Jonas Brandt"]


@pytest.mark.parametrize("article", [ARTICLE, BARE], ids=["full", "bare"])
def test_ninjs_is_valid_by_the_schema_that_iptc_publishes(article: Article) -> None:
    schema = orjson.loads(Path(__file__).with_name("ninjs-3.0.excerpt.json").read_bytes())
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    view = VIEWS["ninjs"](article)
    checker.validate(view)
    for wrong in ({"mood": "good"}, {"places": [{"geojson": {}}]}, {"version": 1}, {"type": "story"}):
        assert not checker.is_valid({**view, **wrong})


def test_news_please_has_every_key_that_news_please_writes() -> None:
    # NewsArticle.get_serializable_dict of news-please 1.6.
    keys = ("authors date_download date_modify date_publish description filename image_url language localpath maintext"
            " source_domain text title title_page title_rss url")  # fmt: skip
    assert sorted(VIEWS["news-please"](BARE)) == keys.split()


def test_ninjs_has_names_places_and_sources_apart() -> None:
    view = VIEWS["ninjs"](ARTICLE)
    assert view["organisations"] == [{"name": "Norpress"}]
    assert view["places"][0]["geoJSON"]["geometry"]["coordinates"] == [6.15, 46.2]
    assert [source["name"] for source in view["infoSources"]] == ["Alpine Gazette", "Norpress"]


def test_json_ld_says_what_a_copy_is_based_on() -> None:
    assert VIEWS["json-ld"](ARTICLE)["isBasedOn"] == "urn:uuid:7c"
    assert "isBasedOn" not in VIEWS["json-ld"](BARE)


def test_news_pleases_times_are_utc_without_saying_so() -> None:
    assert VIEWS["news-please"](ARTICLE)["date_publish"] == "2026-01-09 17:00:00"


def test_a_line_of_csv_runs_nothing_in_a_spreadsheet() -> None:
    hostile = ARTICLE.model_copy(update={"title": '=HYPERLINK("https://a.example/")'})
    assert b"'=HYPERLINK" in row(columns(orjson.loads(encode(hostile))))
