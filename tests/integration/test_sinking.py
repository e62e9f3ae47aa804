from __future__ import annotations

import contextlib
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from copydesk import clients
from copydesk.cli import app
from tests.integration.conftest import Broker

pytestmark = pytest.mark.embedded
duckdb = pytest.importorskip("duckdb")


def test_a_sink_goes_on_where_its_group_left_off(embedded_broker: Broker, tmp_path: Path) -> None:
    store = str(tmp_path / "news.duckdb")
    arguments = ["sink", "duckdb", store, "--broker", embedded_broker.bootstrap, "--once", "--seconds", "4"]

    def publish(*ids: str) -> None:
        with contextlib.closing(clients.producer(embedded_broker.bootstrap)) as producer:
            for number, id in enumerate(ids):
                value = orjson.dumps({"id": id, "text": "Snow.", "language": {"code": "de" if number % 2 else "en"}})
                producer.send(embedded_broker.topics.enriched.name, value, partition=0).get(timeout=30)
            producer.send(embedded_broker.topics.enriched.name, b"{", partition=0).get(timeout=30)

    publish("a", "b", "c")
    first = CliRunner().invoke(app, [*arguments, "--where", 'language = "en"'])
    assert "2 kept" in first.output, first.output
    publish("d")
    assert "1 kept" in CliRunner().invoke(app, arguments).output
    with duckdb.connect(store) as kept:
        assert kept.execute("SELECT id FROM articles ORDER BY id").fetchall() == [("a",), ("c",), ("d",)]
