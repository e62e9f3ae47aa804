from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from pebble import ProcessPool

from copydesk.agents.carrying.pool import process_pool
from copydesk.agents.settings import Settings
from copydesk.demo import sample
from copydesk.feeds.row import Row
from copydesk.processing import Failed, in_order, process

NOW = datetime(2026, 5, 20, tzinfo=UTC)
SETTINGS = Settings(processes=2, page_seconds=20)
CRAWL = [Row(f"crawl.jsonl:{n}", message.value) for n, message in enumerate(sample.messages(), 1)]


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPool]:
    with process_pool(2, 4 * 1024**3, bool) as pool:
        yield pool
        pool.stop()


@pytest.fixture(scope="module")
def decided(pool: ProcessPool) -> list[bytes]:
    return run(pool, CRAWL, "extract", "dedupe")


def run(pool: ProcessPool, rows: list[Row], *stages: str) -> list[bytes]:
    return list(process(rows, stages, pool, SETTINGS, NOW))


def row(**fields: Any) -> Row:
    return Row("rows.jsonl:1", orjson.dumps(fields))


def test_every_row_has_its_line_in_the_order_of_the_input(decided: list[bytes]) -> None:
    assert len(decided) == len(CRAWL)
    for given, made in zip(CRAWL, map(orjson.loads, decided), strict=True):
        if "error" not in made:
            assert made["url"] == given.fields()["url"]


def test_a_row_that_fails_stands_in_its_place_with_its_line(decided: list[bytes]) -> None:
    failed = {n: made for n, made in enumerate(map(orjson.loads, decided), 1) if "error" in made}
    assert [made["raw"] for made in failed.values()] == [{"at": f"crawl.jsonl:{n}"} for n in failed]
    assert [made["error"]["type"] for made in failed.values()] == ["ContractError", "ContractError"]


def test_a_row_that_fails_keeps_its_own_id(pool: ProcessPool) -> None:
    (line,) = run(pool, [row(id="mine", text="")], "extract")
    assert orjson.loads(line)["raw"] == {"id": "mine"}


def test_two_runs_give_the_same_bytes(pool: ProcessPool, decided: list[bytes]) -> None:
    assert run(pool, CRAWL, "extract", "dedupe") == decided


def test_stages_one_after_another_give_what_they_give_together(pool: ProcessPool, decided: list[bytes]) -> None:
    extracted = [Row(f"extracted.jsonl:{n}", line) for n, line in enumerate(run(pool, CRAWL, "extract"), 1)]
    assert run(pool, extracted, "dedupe") == decided


def test_a_language_of_several_shards_is_decided_on_like_one_of_one(pool: ProcessPool, decided: list[bytes]) -> None:
    split = SETTINGS.model_copy(update={"shards_per_language": 4})
    several = [orjson.loads(line) for line in process(CRAWL, ("extract", "dedupe"), pool, split, NOW)]
    one = [orjson.loads(line) for line in decided]
    assert [(e.get("id"), e.get("lifecycle"), e.get("version")) for e in several] == [
        (e.get("id"), e.get("lifecycle"), e.get("version")) for e in one
    ]
    exact = [n for n, event in enumerate(one) if event.get("duplicate", {}).get("kind") == "exact"]
    assert exact
    assert [several[n]["duplicate"]["kind"] for n in exact] == ["exact"] * len(exact)


def test_text_enters_at_dedupe_under_its_own_id(pool: ProcessPool) -> None:
    story = {"title": "Snow", "language": "en", "source": "gazette.example", "published_at": "2026-05-04T08:00:00Z"}
    text = "\n".join(sample.read_story("lighthouse").paragraphs)
    first, second = map(
        orjson.loads, run(pool, [row(id="1", text=text, **story), row(id="2", text=text, **story)], "dedupe")
    )
    assert (first["id"], first["raw"]["id"], first["duplicate"]["kind"]) == ("1", "1", "none")
    assert (second["id"], second["duplicate"]["kind"], second["duplicate"]["cluster_id"]) == ("2", "exact", "1")
    assert second["text"] == text


def test_rows_are_read_no_further_ahead_than_the_pool_has_use_for(pool: ProcessPool) -> None:
    taken: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(10_000):
            taken.append(number)
            yield row(id=number, text=f"Snow fell on {number} roofs of the old town.", language="en")

    lines = process(rows(), ("dedupe",), pool, SETTINGS, NOW)
    for _ in range(10):
        next(lines)
    assert len(taken) < 200


def test_what_kills_its_process_or_takes_too_long_fails_alone(pool: ProcessPool) -> None:
    results = list(in_order(pool, deed, ["fine", "die", "sleep", "fine"], seconds=3.0, window=4))
    assert [r.error["type"] if isinstance(r, Failed) else r for r in results] == [
        "fine",
        "ProcessDied",
        "PageTimeout",
        "fine",
    ]


def deed(what: str) -> str:
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "sleep":
        signal.pause()
    return what


def of(decided: list[bytes], path: str) -> dict[str, Any]:
    """The last event of the page at ``path``."""
    return [event for event in map(orjson.loads, decided) if event.get("url", "").endswith(path)][-1]


def test_copies_of_a_wire_story_are_joined_whatever_the_outlet_made_of_it(decided: list[bytes]) -> None:
    wire = of(decided, "/20260504-0001")
    for path in ("/ferry-inquiry-cable", "/88121", "/ferry", "/n4711.htm"):
        copy = of(decided, path)
        assert copy["duplicate"]["kind"] in ("exact", "near")
        assert copy["duplicate"]["cluster_id"] == wire["id"]


def test_bulletins_from_one_template_are_not_joined(decided: list[bytes]) -> None:
    bulletins = [of(decided, f"/w05{day}.htm") for day in (11, 12, 13, 14)]
    assert [bulletin["duplicate"]["kind"] for bulletin in bulletins] == ["none"] * 4


def test_a_corrected_page_is_a_revision_and_the_same_page_again_is_not(decided: list[bytes]) -> None:
    versions = [e for e in map(orjson.loads, decided) if e.get("url", "").endswith("/flood-barrier-vote")]
    assert [(e["lifecycle"], e["version"]) for e in versions] == [("new", 1), ("revised", 2), ("unchanged", 2)]
    assert len({e["id"] for e in versions}) == 1


def test_the_crawl_speaks_six_languages(decided: list[bytes]) -> None:
    codes = {event["language"]["code"] for event in map(orjson.loads, decided) if "error" not in event}
    assert codes == {"en", "es", "de", "fr", "pt", "ko"}
