"""An archive goes through on a lane of its own, twice if need be, and changes nothing of live news."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tests.integration.conftest import Broker
from tests.integration.pages import raw
from tests.integration.secured import run, started
from tests.integration.streaming import Stream, worker

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]

LIVE, OLD = 10, 20
ARCHIVED = {"fetched_at": "2025-05-01T09:30:00Z"}


def test_an_archive_fed_twice_is_worked_once_and_replaces_nothing(
    kafka: Callable[[int], Broker], tmp_path: Path
) -> None:
    broker = kafka(1)
    page = orjson.loads(raw(LIVE))
    older = orjson.loads(raw(OLD + 1, url=page["url"], **ARCHIVED))
    (tmp_path / "archive.jsonl").write_bytes(orjson.dumps(older) + b"\n" + raw(OLD, **ARCHIVED) + b"\n")
    archivist = started(
        {**broker.environment, "COPYDESK_BACKFILL_WHEN_IDLE": "false"},
        tmp_path / "backfill.log",
        "worker",
        "--lane",
        "backfill",
    )
    try:
        with contextlib.closing(Stream(broker)) as stream, worker(broker, tmp_path) as running:
            [live] = stream.send([(page["url"].encode(), orjson.dumps(page))])
            stream.read_all(running)
            for ended in (3, 5):
                fed = run(broker.environment, "feed", "--lane", "backfill", str(tmp_path / "archive.jsonl"))
                assert fed.returncode == 0, fed.stderr
                seen = stream.read_until(lambda seen, n=ended: len(seen.ledger.ended) == n, running)
        archivist.terminate()
        assert archivist.wait(timeout=60) == 0, (tmp_path / "backfill.log").read_text()
    finally:
        archivist.kill()
    enriched = seen.of(broker.topics.enriched.name)
    assert set(enriched) == {live, f"{broker.topics.raw_backfill.name}/0/1"}
    assert [(article["version"], article["lifecycle"]) for article in enriched.values()] == [(1, "new"), (1, "new")]
    assert {article["lifecycle"] for article in seen.of(broker.topics.duplicates.name).values()} == {"unchanged"}
    assert set(seen.of(broker.topics.duplicates.name)) == {
        f"{broker.topics.raw_backfill.name}/0/{offset}" for offset in (0, 2, 3)
    }


def test_an_archive_whose_pages_do_not_say_when_they_were_fetched_is_refused_or_dated(tmp_path: Path) -> None:
    (tmp_path / "archive.jsonl").write_bytes(b'{"url": "https://gazette.example/1", "html": "<p>Snow."}\n')
    dry = ["feed", "--dry-run", "--lane", "backfill", str(tmp_path / "archive.jsonl")]
    refused = run({}, *dry)
    assert "fetched_at" in refused.stderr
    assert refused.stdout == ""
    dated = run({}, *dry, "--fetched-at", "2024-07-01")
    assert orjson.loads(dated.stdout)["fetched_at"].startswith("2024-07-01T00:00:00")
