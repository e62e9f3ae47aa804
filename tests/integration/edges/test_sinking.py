from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from copydesk import clients
from copydesk.cli import app
from tests.integration.conftest import Broker

pytestmark = pytest.mark.kafka
duckdb = pytest.importorskip("duckdb")


def test_a_sink_goes_on_where_its_group_left_off(kafka: Callable[[int], Broker], tmp_path: Path) -> None:
    broker = kafka(1)
    environment = {"COPYDESK_TOPIC_PREFIX": broker.prefix}
    group = ["--group", f"{broker.prefix}sink"]
    store = str(tmp_path / "news.duckdb")
    arguments = ["sink", "duckdb", store, "--broker", broker.bootstrap, "--once", "--seconds", "2", *group]

    def publish(*ids: str) -> None:
        with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
            for number, id in enumerate(ids):
                value = orjson.dumps({"id": id, "text": "Snow.", "language": {"code": "de" if number % 2 else "en"}})
                producer.send(broker.topics.enriched.name, value, partition=0).get(timeout=60)
            for broken in (b"{", b'{"id": "x", "published_at": "../../etc", "language": 7}'):
                producer.send(broker.topics.enriched.name, broken, partition=0).get(timeout=60)

    publish("a", "b", "c")
    first = CliRunner().invoke(app, [*arguments, "--where", 'language = "en"'], env=environment)
    assert "2 kept" in first.output, first.output
    publish("d")
    assert "1 kept" in CliRunner().invoke(app, arguments, env=environment).output
    with duckdb.connect(store) as kept:
        assert kept.execute("SELECT id FROM articles ORDER BY id").fetchall() == [("a",), ("c",), ("d",)]
