"""Several workers on one machine: each counts its own, together they count everything once."""

from __future__ import annotations

import contextlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ops.ports import free_port
from tests.integration.conftest import Broker
from tests.integration.pages import raw
from tests.integration.streaming import Stream, worker

Samples = dict[tuple[str, ...], float]
PAGES = 60


def scraped(port: int, metric: str, *labels: str) -> Samples:
    """A worker's samples of ``metric`` by ``labels``."""
    text = urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {tuple(s.labels[label] for label in labels): s.value for s in samples if s.name == metric}


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 180
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.kafka
def test_two_workers_are_told_apart_and_add_up(kafka: Callable[[int], Broker], folder: Path) -> None:
    broker, ports = kafka(4), (free_port(), free_port())
    (folder / "second").mkdir()
    with (
        contextlib.closing(Stream(broker)) as stream,
        worker(broker, folder, COPYDESK_METRICS_PORT=str(ports[0]), COPYDESK_PROCESSES="2") as first,
    ):
        stream.send([(b"%d" % number, raw(number)) for number in range(PAGES // 2)])
        stream.read_all(first)
        assert scraped(ports[0], "copydesk_dedupe_articles", "partition")
        with worker(broker, folder / "second", COPYDESK_METRICS_PORT=str(ports[1])) as second:
            wait_until(lambda: 2.0 in assigned(ports[1]).values())
            stream.send([(b"%d" % number, raw(number)) for number in range(PAGES // 2, PAGES)])
            stream.read_all(second)
            wait_until(lambda: not any(lag for port in ports for lag in by_partition(port).values()))
            owners = Counter(at for port in ports for at in by_partition(port))
            shards = Counter(at for port in ports for at in scraped(port, "copydesk_dedupe_articles", "partition"))
            counted: defaultdict[tuple[str, ...], float] = defaultdict(float)
            for port in ports:
                for label, count in scraped(port, "copydesk_messages_out_total", "stage", "outcome").items():
                    counted[label] += count
    assert set(owners.values()) == {1}, "a partition's lag is told by its one owner"
    assert set(shards.values()) == {1}, "so is a dedupe shard"
    assert counted["extract", "extracted"] == PAGES
    assert sum(count for (stage, _), count in counted.items() if stage == "dedupe") == PAGES


def assigned(port: int) -> Samples:
    try:
        return scraped(port, "copydesk_assigned_partitions", "topic")
    except OSError:
        return {}


def by_partition(port: int) -> Samples:
    return scraped(port, "copydesk_lag_messages", "topic", "partition")
