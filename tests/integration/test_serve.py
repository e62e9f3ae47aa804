"""``copydesk serve`` as its users meet it: events, feeds, and the live page in a real browser under hostile news."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from typer.testing import CliRunner

from copydesk import clients
from copydesk.cli import app as cli
from copydesk.serving.web import application
from tests import browser
from tests.integration.conftest import Broker

pytestmark = pytest.mark.embedded

XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</title><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "<a href=javascript:alert(1)>x</a>",
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    "\u2028</script><script>alert(1)</script>",
    "<style>@import 'http://a.example/'</style>",
    "<base href=http://a.example/>",
]


def article(number: int, text: str = "Snow closed the pass at Valdrey.", **fields: Any) -> dict[str, Any]:
    return {
        "schema": "copydesk.article/1", "id": f"a{number}", "version": 1, "title": f"Snow {number}", "text": text,
        "language": {"code": "de" if number % 2 else "en", "confidence": 1}, "word_count": 6, "removed": [],
        "canonical_url": f"https://gazette.example/{number}", "source": {"domain": "gazette.example"},
        "provenance": {"pipeline": "1", "stages": {}}, "lifecycle": "new",
        "duplicate": {"kind": "none", "cluster_id": f"a{number}", "canonical_id": f"a{number}"},
        "entities": [{"text": "Valdrey", "label": "GPE", "start": 24, "end": 31}],
        "places": [{"name": "Valdrey", "start": 24, "end": 31, "latitude": 46.2, "longitude": 7.3, "score": 1}],
        **fields,
    }  # fmt: skip


def publish(broker: Broker, *articles: dict[str, Any], topic: str = "enriched") -> None:
    with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
        for one in articles:
            producer.send(getattr(broker.topics, topic).name, orjson.dumps(one), partition=0).get(timeout=30)


@contextlib.asynccontextmanager
async def served(broker: Broker, **how: Any) -> AsyncIterator[str]:
    runner = web.AppRunner(application(broker.bootstrap, broker.topics, **how))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def listened(session: aiohttp.ClientSession, address: str, count: int, **headers: str) -> list[tuple[str, str]]:
    """The ids and data of the first ``count`` events."""
    found, last = [], ""
    async with session.get(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    ) as reply:
        assert reply.status == 200
        async for line in reply.content:
            text = line.decode().rstrip("\n")
            if text.startswith("id: "):
                last = text[4:]
            elif text.startswith("data: "):
                found.append((last, text[6:]))
                if len(found) == count:
                    break
    return found


async def test_events_are_filtered_and_resumed_behind_the_last_one_seen(
    embedded_broker: Broker, session: aiohttp.ClientSession
) -> None:
    publish(embedded_broker, *map(article, range(6)))
    async with served(embedded_broker) as address:
        german = await listened(session, f"{address}/events/enriched?where=language='de'", 3)
        assert [orjson.loads(data)["id"] for _, data in german] == ["a1", "a3", "a5"]
        [_, (second, _), *_] = await listened(session, f"{address}/events/enriched", 3)
        [(_, third)] = await listened(session, f"{address}/events/enriched", 1, Last_Event_ID=second)
        assert orjson.loads(third)["id"] == "a2"
        publish(embedded_broker, article(6))
        [*_, (_, live)] = await listened(session, f"{address}/events/enriched", 7)
        assert orjson.loads(live)["id"] == "a6"


async def test_what_cannot_be_answered_is_told(embedded_broker: Broker, session: aiohttp.ClientSession) -> None:
    async with served(embedded_broker) as address:
        for path, status in (("/events/sports", 404), ("/events/enriched?where=x", 400), ("/events/raw?where=(", 400)):
            async with session.get(address + path) as reply:
                assert reply.status == status
        async with session.get(address) as reply:
            assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


async def test_a_token_is_asked_of_everyone(embedded_broker: Broker, session: aiohttp.ClientSession) -> None:
    async with served(embedded_broker, token="ä secret") as address:
        for path in ("/", "/events/enriched", "/feed.json", "/healthz"):
            async with session.get(address + path) as reply:
                assert reply.status == 401
        async with session.get(f"{address}/feed.json?token=%C3%A4+secret") as reply:
            assert reply.status == 200


def test_nothing_listens_beyond_loopback_without_a_token() -> None:
    refused = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0"], env={"COPYDESK_SERVE_TOKEN": None})  # type: ignore[dict-item]
    assert refused.exit_code == 2
    assert "COPYDESK_SERVE_TOKEN" in refused.output


@pytest.mark.skipif(browser.missing() is not None, reason=str(browser.missing()))
async def test_the_live_page_shows_articles_folds_copies_and_runs_nothing_of_theirs(
    embedded_broker: Broker, tmp_path: Path
) -> None:
    hostile = [
        article(10 + n, text, title=text, canonical_url=text, source={"domain": text}, entities=[
            {"text": text, "label": text, "start": 0, "end": 9}], places=[
                {"name": text, "latitude": 1, "longitude": 1}])
        for n, text in enumerate(XSS)
    ]  # fmt: skip
    copy = article(1, duplicate={"kind": "near", "cluster_id": "a0", "canonical_id": "a0", "containment": 0.9})
    publish(embedded_broker, *hostile, article(0))
    publish(embedded_broker, copy, topic="duplicates")
    async with served(embedded_broker) as address, browser.browser(tmp_path) as tab:
        await tab.open(address)
        await tab.until(f"document.querySelectorAll('article').length === {len(XSS) + 1}")
        await tab.until("document.querySelector('.copies li') !== null")
        assert await tab.value("document.querySelector('.copies').textContent") == "gazette.example: near copy 90 %"
        await tab.value("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        await tab.until(f"document.querySelectorAll('.text').length === {len(XSS) + 1}")
        assert await tab.value("document.querySelector('article mark.GPE').textContent") == "Valdrey"
        marks = "[...document.querySelectorAll('main script, main img, main iframe, main base, main style, main math')]"
        assert await tab.value(f"{marks}.length") == 0
        assert (
            await tab.value("[...document.querySelectorAll('a')].filter((a) => !a.href.startsWith('http')).length") == 0
        )
        assert tab.dialogs == 0
        await tab.value("document.querySelector('#where').value = 'language = \"de\"'")
        await tab.value("document.querySelector('#filter').requestSubmit()")
        english = "[...document.querySelectorAll('.meta')].some((one) => one.textContent.includes('· en ·'))"
        await tab.until(f"!{english}")
        await tab.value("document.querySelector('#where').value = 'language ='")
        await tab.value("document.querySelector('#filter').requestSubmit()")
        await tab.until("document.querySelector('#told').textContent.startsWith('cannot read')")
