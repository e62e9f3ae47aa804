from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk import sample
from copydesk.cli import app
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

pytestmark = pytest.mark.embedded


def test_a_story_is_followed_from_raw_to_its_end(embedded_broker: Broker, folder: Path) -> None:
    page = next(sample.messages())
    messages = [(page.key, page.value), (b"broken", b"{")]
    with contextlib.closing(Stream(embedded_broker)) as stream, worker(embedded_broker, folder) as running:
        origins = stream.send(messages)
        stream.read_all(running)

    def trace(story: str) -> list[str]:
        result = CliRunner().invoke(app, ["trace", story, "--broker", embedded_broker.bootstrap])
        return [line.split()[2].split("/")[0] for line in result.output.splitlines()] if result.exit_code == 0 else []

    url = page.key.decode()
    assert trace(url) == ["news.raw", "news.extracted", "news.deduplicated", "news.enriched"]
    assert trace(origins[0]) == trace(url)
    assert trace("broken") == ["news.raw", "news.deadletter"]
    assert trace("https://nowhere.example/") == []
