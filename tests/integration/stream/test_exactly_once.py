"""The consumer that makes exactly-once of at-least-once: PostgreSQL, while workers and sinks are killed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.conftest import Broker
from tests.integration.pages import raw
from tests.integration.secured import run, started
from tests.integration.streaming import Stream, worker

psycopg = pytest.importorskip("psycopg")
pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]

PAGES, REVISED, KILLS = 120, 40, 3


@pytest.fixture
def articles(postgres: str) -> Callable[[], list[tuple[str, int]]]:
    """What the table holds: ids with their version."""

    def read() -> list[tuple[str, int]]:
        with psycopg.connect(postgres) as store:
            try:
                return list(store.execute("SELECT id, version FROM articles ORDER BY id").fetchall())
            except psycopg.errors.UndefinedTable:
                return []

    return read


def test_each_article_is_in_the_table_once_in_its_last_version(
    kafka: Callable[[int], Broker],
    postgres: str,
    articles: Callable[[], list[tuple[str, int]]],
    tmp_path: Path,
) -> None:
    broker = kafka(2)
    sink = ["sink", "postgres", postgres, "--group", f"{broker.prefix}sink", "--batch", "10", "--seconds", "1"]
    environment = broker.environment
    with contextlib.closing(Stream(broker)) as stream:
        stream.send((b"%d" % n, raw(n)) for n in range(PAGES))
        later = {"fetched_at": "2026-05-01T11:00:00Z"}
        urls = (f"https://outlet{n % 7}.example/{n}" for n in range(REVISED))
        stream.send((b"%d" % n, raw(1_000 + n, url=url, **later)) for n, url in enumerate(urls))
        for kill in range(1, KILLS + 1):
            before = len(articles())
            storing = started(environment, tmp_path / "sink.log", *sink)
            with worker(broker, tmp_path) as running:
                stream.read_until(lambda seen, n=kill: len(seen.ledger.ended) > n * PAGES // (KILLS + 1), running)
                deadline = time.monotonic() + 180
                while len(articles()) == before:
                    assert time.monotonic() < deadline, (tmp_path / "sink.log").read_text()
            storing.kill()
            storing.wait()
        with worker(broker, tmp_path) as running:
            seen = stream.read_all(running)
        done = run(environment, *sink, "--once", seconds=120)
        assert done.returncode == 0, done.stderr
    enriched: dict[str, int] = {}
    for article in seen.of(broker.topics.enriched.name).values():
        enriched[article["id"]] = max(article["version"], enriched.get(article["id"], 0))
    assert articles() == sorted(enriched.items())
    assert 2 in enriched.values()
    assert seen.different() == []
