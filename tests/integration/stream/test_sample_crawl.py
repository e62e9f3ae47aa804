"""The sample crawl gives the same events whichever way it goes through."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.demo import sample
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

Events = list[dict[str, Any]]


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Events:
    """What `copydesk process` makes of it."""
    folder = tmp_path_factory.mktemp("process")
    (folder / "crawl.jsonl").write_bytes(b"".join(message.value + b"\n" for message in sample.messages()))
    result = CliRunner().invoke(app, ["process", str(folder / "crawl.jsonl"), "-o", str(folder / "out.jsonl")])
    assert result.exit_code == 0, result.output
    return [orjson.loads(line) for line in (folder / "out.jsonl").read_bytes().splitlines()]


def streamed(broker: Broker, folder: Path) -> Events:
    """What a worker makes of it, page by page."""
    with contextlib.closing(Stream(broker)) as stream, worker(broker, folder, COPYDESK_PROCESSES="2") as running:
        origins = []
        for message in sample.messages():
            [origin] = stream.send([(message.key, message.value)])
            origins.append(origin)
            stream.read_until(stream.decided(origin), running)
        seen = stream.read_all(running)
        assert seen.ledger.balanced
        assert running.stop() == 0
    topics = broker.topics
    last = {**seen.of(topics.enriched.name), **seen.of(topics.duplicates.name), **seen.of(topics.dead_letters.name)}
    return [last[origin] for origin in origins]


def comparable(events: Events) -> Iterator[Any]:
    """Events without what may differ: where the raw message lay; of a failure its reason alone."""
    for event in events:
        if "error" in event:
            yield event["error"]["type"], event["error"]["message"]
        else:
            yield {**event, "raw": {"crawler": event["raw"].get("crawler")}}


@pytest.mark.embedded
def test_the_embedded_broker_gives_what_process_gives(
    embedded_broker: Broker, tmp_path: Path, processed: Events
) -> None:
    assert list(comparable(streamed(embedded_broker, tmp_path))) == list(comparable(processed))


@pytest.mark.kafka
@pytest.mark.parametrize("partitions", [1, 4])
def test_kafka_gives_what_process_gives_with_any_number_of_partitions(
    kafka: Callable[[int], Broker], tmp_path: Path, processed: Events, partitions: int
) -> None:
    assert list(comparable(streamed(kafka(partitions), tmp_path))) == list(comparable(processed))
