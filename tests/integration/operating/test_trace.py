from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.demo import sample
from copydesk.serving.web import application
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

pytestmark = pytest.mark.embedded
STAGES = ["news.raw", "news.extracted", "news.deduplicated", "news.enriched"]


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
    assert trace(url) == STAGES
    assert trace(origins[0]) == trace(url)
    assert trace("broken") == ["news.raw", "news.deadletter"]
    assert trace("https://nowhere.example/") == []


async def test_the_live_page_has_the_same_story_over_http(embedded_broker: Broker, folder: Path) -> None:
    page = next(sample.messages())

    def work() -> None:
        with contextlib.closing(Stream(embedded_broker)) as stream, worker(embedded_broker, folder) as running:
            stream.send([(page.key, page.value)])
            stream.read_all(running)

    await asyncio.to_thread(work)
    async with TestClient(TestServer(application(embedded_broker.bootstrap, embedded_broker.topics))) as client:
        found = await client.get("/trace", params={"story": page.key.decode()})
        assert (found.status, found.content_type) == (200, "text/plain")
        assert [line.split()[2].split("/")[0] for line in (await found.text()).splitlines()] == STAGES
        assert (await client.get("/trace", params={"story": "https://nowhere.example/"})).status == 404
        assert (await client.get("/trace")).status == 400
