"""A page that goes, and a better original that turns up: what subscribers are told."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk import clients
from tests.integration.conftest import Broker
from tests.integration.pages import page
from tests.integration.streaming import Stream, worker


@pytest.mark.embedded
@pytest.mark.timeout(240)
def test_a_page_that_is_gone_is_withdrawn_and_one_that_was_never_here_is_a_dead_letter(
    embedded_broker: Broker, tmp_path: Path
) -> None:
    broker = embedded_broker
    topics = broker.topics
    with contextlib.closing(Stream(broker)) as stream, worker(broker, tmp_path) as running:
        [first] = stream.send([page(3, "one.example/a", 1, hints={"published_at": "2026-05-01T08:00:00Z"})])
        stream.read_all(running)
        hints = {"published_at": "2026-05-01T07:00:00Z"}
        gone, unknown, earlier = stream.send(
            [
                page(3, "one.example/a", 2, http_status=410),
                page(3, "one.example/never", 2, http_status=404),
                page(3, "two.example/b", 3, hints=hints),
            ]
        )
        seen = stream.read_all(running)
        [cluster] = read(broker, topics.clusters.name)
    assert seen.ledger.balanced
    article, withdrawn = (seen.of(topics.enriched.name)[origin] for origin in (first, gone))
    assert (withdrawn["id"], withdrawn["version"], withdrawn["lifecycle"]) == (article["id"], 2, "withdrawn")
    assert withdrawn["text"] == ""
    assert seen.of(topics.dead_letters.name)[unknown]["error"]["type"] == "NothingToWithdraw"
    better = seen.of(topics.duplicates.name)[earlier]
    assert (cluster["cluster_id"], cluster["canonical_id"]) == (article["id"], better["id"])
    assert cluster["because"] in ("withdrawn", "earlier")


def read(broker: Broker, topic: str) -> list[dict[str, Any]]:
    with contextlib.closing(clients.consumer(broker.bootstrap, topic)) as consumer:
        while not (found := consumer.poll(timeout_ms=500)):
            pass
        return [orjson.loads(record.value) for records in found.values() for record in records]
