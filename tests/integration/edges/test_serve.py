"""``copydesk serve`` as its users meet it: events, feeds, and the live page in a real browser under hostile news."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from typer.testing import CliRunner

from copydesk import clients
from copydesk.cli import app as cli
from copydesk.serving import web as web_module
from copydesk.serving.hub import Hub
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
            producer.send(getattr(broker.topics, topic).name, orjson.dumps(one), partition=0)
        producer.flush()


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


async def test_any_topic_is_served_once_it_is_asked_for(
    embedded_broker: Broker, session: aiohttp.ClientSession
) -> None:
    page = {"url": "https://gazette.example/1", "fetched_at": "2026-01-09T18:00:00Z", "content_type": "text/html"}
    publish(embedded_broker, {**page, "content": "<p>Snow."}, topic="raw")
    async with served(embedded_broker) as address:
        [(_, raw)] = await listened(session, f"{address}/events/raw?where=url contains 'gazette'", 1)
        assert orjson.loads(raw)["content"] == "<p>Snow."


async def test_a_heartbeat_carries_how_far_a_listener_has_come(
    embedded_broker: Broker, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "HEARTBEAT_SECONDS", 0.2)
    publish(embedded_broker, *map(article, range(6)))
    async with (
        served(embedded_broker) as address,
        session.get(f"{address}/events/enriched?where=language='fr'") as reply,
    ):
        assert await reply.content.readuntil(b"\n\n") == b": still here\nid: 0-6\n\n"


async def test_a_client_that_takes_nothing_is_dropped_and_its_connection_ended(
    embedded_broker: Broker, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "STALLED_SECONDS", 0.5)
    async with served(embedded_broker, hub=Hub(behind=40)) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(address).port, limit=1024)
        writer.write(b"GET /events/enriched HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in await reader.readline()
        prompt = asyncio.create_task(listened(session, f"{address}/events/enriched", 600))
        await asyncio.to_thread(publish, embedded_broker, *(article(n, "Snow. " * 5_000) for n in range(600)))
        assert len(await prompt) == 600
        async with asyncio.timeout(20), session.get(f"{address}/healthz") as reply:
            assert (await reply.json())["dropped"] == 1
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            async with asyncio.timeout(20):
                while True:
                    await reader.readexactly(1024)


async def test_what_cannot_be_answered_is_told(embedded_broker: Broker, session: aiohttp.ClientSession) -> None:
    async with served(embedded_broker) as address:
        for path, status in (("/events/sports", 404), ("/events/enriched?where=x", 400), ("/events/raw?where=(", 400)):
            async with session.get(address + path) as reply:
                assert reply.status == status
        async with session.get(address) as reply:
            assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


async def test_a_token_is_asked_of_everyone(embedded_broker: Broker, session: aiohttp.ClientSession) -> None:
    async with served(embedded_broker, token="ä secret") as address:
        for path in ("/", "/events/enriched", "/feed.json", "/healthz", "/static/live.js"):
            for headers in ({}, {"Authorization": "Bearer secret"}, {"Cookie": "copydesk_token=\u00e4"}):
                async with session.get(address + path, headers=headers) as reply:
                    assert reply.status == 401
        async with session.get(f"{address}/feed.json?token=%C3%A4+secret") as reply:
            assert reply.status == 200


async def test_without_a_token_only_this_machines_own_names_are_answered(
    embedded_broker: Broker, session: aiohttp.ClientSession
) -> None:
    async with served(embedded_broker) as address:
        for host, status in (("localhost:8000", 200), ("[::1]:8000", 200), ("a.example", 421), ("[", 421)):
            async with session.get(f"{address}/healthz", headers={"Host": host}) as reply:
                assert reply.status == status, host


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
        assert await tab.value("document.querySelector('.trace a').getAttribute('href')") == "/trace?story=a0"
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


@pytest.mark.skipif(browser.missing() is not None, reason=str(browser.missing()))
async def test_the_live_page_works_with_a_token_by_keyboard_and_on_a_phone_at_night(
    embedded_broker: Broker, tmp_path: Path
) -> None:
    publish(embedded_broker, *map(article, range(4)))
    async with served(embedded_broker, token="ä secret") as address, browser.browser(tmp_path) as tab:
        await tab.open(f"{address}/?token=%C3%A4+secret&where=language%3D%22de%22", width=390, height=800, dark=True)
        await tab.until("document.querySelectorAll('article').length === 2")
        assert await tab.value("location.search") == "?where=language%3D%22de%22"
        assert not await tab.value("document.cookie")
        assert await tab.value("document.documentElement.scrollWidth <= innerWidth")
        assert await tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 26)"
        await tab.press("j", "j", "Enter")
        assert await tab.value("document.activeElement.querySelector('details').open")
        assert await tab.value("document.activeElement.dataset.id") == "a1"
        await tab.press("p")
        await asyncio.to_thread(publish, embedded_broker, article(5))
        assert await tab.value("document.querySelector('#state').textContent") == "paused"
        await tab.press("p")
        await tab.until("document.querySelectorAll('article').length === 3")
        await tab.press("/")
        assert await tab.value("document.activeElement.id") == "where"
        await tab.value("document.querySelector('#theme').click()")
        assert await tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
        await tab.screenshot(tmp_path / "live.png")
        assert (tmp_path / "live.png").stat().st_size > 10_000
