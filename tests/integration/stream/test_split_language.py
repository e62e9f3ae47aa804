"""A language of several shards on a stream: copies, versions and pages that are gone find each other all the same."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.integration.conftest import Broker
from tests.integration.pages import page
from tests.integration.streaming import Stream, worker

STORIES = (1, 2, 3, 5, 6, 7)  # the fifth of ``raw`` is a copy


@pytest.mark.embedded
@pytest.mark.timeout(240)
def test_copies_versions_and_gone_pages_meet_among_four_shards(embedded_broker: Broker, tmp_path: Path) -> None:
    topics = embedded_broker.topics
    with (
        contextlib.closing(Stream(embedded_broker)) as stream,
        worker(embedded_broker, tmp_path, COPYDESK_SHARDS_PER_LANGUAGE="4") as running,
    ):
        firsts = stream.send([page(n, f"one.example/{n}", 1) for n in STORIES])
        stream.read_all(running)
        copies = stream.send([page(n, f"two.example/{n}", 2) for n in STORIES])
        revised = stream.send([page(100 + n, f"one.example/{n}", 3) for n in STORIES])
        stream.read_all(running)
        gone = stream.send([page(n, f"one.example/{n}", 4, http_status=410) for n in STORIES])
        seen = stream.read_all(running)
    assert seen.ledger.balanced
    found = {**seen.of(topics.enriched.name), **seen.of(topics.duplicates.name)}
    clusters = [found[origin]["duplicate"]["cluster_id"] for origin in firsts]
    assert [found[origin]["duplicate"]["cluster_id"] for origin in copies] == clusters
    assert len(set(clusters)) >= len(STORIES) - 1  # two of these may pass for one story
    ids = [found[origin]["id"] for origin in firsts]
    for origins, version, lifecycle in ((revised, 2, "revised"), (gone, 3, "withdrawn")):
        articles = [found[origin] for origin in origins]
        assert [(a["id"], a["version"], a["lifecycle"]) for a in articles] == [(id, version, lifecycle) for id in ids]
