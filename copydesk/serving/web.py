"""The HTTP of ``copydesk serve``: what is asked for, by whom, and how it is answered."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from copydesk import clients
from copydesk.filters import FilterError, matching
from copydesk.serving import feeds
from copydesk.serving.hub import Hub, Listener, Position, Shown, read, written
from copydesk.serving.reader import Reader
from copydesk.subscribing import topic_named
from schemas.topics import Topics

STATIC = Path(__file__).parent / "static"
HEARTBEAT_SECONDS = 15.0
FIRST = 100  # events that a page begins with
IN_A_FEED = 50
MOST_LISTENERS = 2_000

HEADERS = {
    # Nothing but our own files, and no inline script: what a page wrote is text, wherever it ends up.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

HUB = web.AppKey("hub", Hub)
READER = web.AppKey("reader", Reader)
TOPICS = web.AppKey("topics", Topics)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(broker: str, topics: Topics, token: str | None = None, hub: Hub | None = None) -> web.Application:
    """The server's application; with a ``token`` nobody is answered who does not bring it."""
    app = web.Application(middlewares=[_guard(token)])
    app[HUB] = hub or Hub()
    app[TOPICS] = topics
    app.on_response_prepare.append(_with_headers)
    app.cleanup_ctx.append(_reading(broker))
    app.router.add_get("/", index)
    app.router.add_static("/static/", STATIC)
    app.router.add_get("/events/{topic}", events)
    app.router.add_get("/feed.json", feed)
    app.router.add_get("/feed.rss", feed)
    app.router.add_get("/healthz", health)
    return app


def _reading(broker: str) -> Any:
    async def reading(app: web.Application) -> Any:
        names = [topic.name for topic in app[TOPICS].all if not topic.compacted and ".raw" not in topic.name]
        consumer = await asyncio.to_thread(clients.consumer, broker, *names)
        app[READER] = Reader(consumer, app[HUB].kept, app[HUB].show)
        app[READER].start()
        yield
        await app[READER].stop()

    return reading


def _guard(token: str | None) -> Any:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if token is not None:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ") or request.query.get("token", "")
            if not hmac.compare_digest(given.encode(), token.encode()):
                raise web.HTTPUnauthorized(text="a token is needed: Authorization: Bearer …\n")
        return await handler(request)

    return guard


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


async def index(_: web.Request) -> web.StreamResponse:
    """The live page."""
    return web.FileResponse(STATIC / "index.html")


async def events(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events of a topic, those that pass ``where``; with ``Last-Event-ID`` from behind it."""
    hub = request.app[HUB]
    if len(hub.listeners) >= MOST_LISTENERS:
        raise web.HTTPServiceUnavailable(text=f"{MOST_LISTENERS} listeners are the most\n")
    listener = _listener(request)
    last_id = request.headers.get("Last-Event-ID") or request.query.get("last_event_id")
    position = read(last_id or "")
    remembered, whole = hub.since(listener, position) if last_id else (hub.last(listener, FIRST), True)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    try:
        await response.prepare(request)
        if not whole:
            await response.write(b"event: gap\ndata: events since then are no longer remembered\n\n")
        for shown in remembered:
            await response.write(_message(shown, position))
        await _follow(listener, response, position)
    except ConnectionError:
        pass  # it has gone
    finally:
        hub.leave(listener)
    return response


async def _follow(listener: Listener, response: web.StreamResponse, position: Position) -> None:
    while True:
        try:
            shown = await asyncio.wait_for(listener.queue.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if shown is None:
            await response.write(b"event: dropped\ndata: too slow\n\n")
            return
        if shown.offset >= position.get(shown.partition, 0):
            await response.write(_message(shown, position))


def _message(shown: Shown, position: Position) -> bytes:
    position[shown.partition] = shown.offset + 1
    return b"id: %b\ndata: %b\n\n" % (written(position).encode(), shown.value)  # JSON of ours is one line


async def feed(request: web.Request) -> web.Response:
    """The last articles of a filter, newest first."""
    hub, listener = request.app[HUB], _listener(request)
    hub.leave(listener)
    found = [shown.event for shown in reversed(hub.last(listener, IN_A_FEED)) if "id" in shown.event]
    title = f"Copydesk: {request.query.get('where') or 'all articles'}"
    if request.path.endswith(".json"):
        return web.Response(
            body=orjson.dumps(feeds.json_feed(title, str(request.url), found)), content_type="application/feed+json"
        )
    return web.Response(body=feeds.rss(title, str(request.url), found), content_type="application/rss+xml")


async def health(request: web.Request) -> web.Response:
    """200, or 503 when the topics are no longer read."""
    hub, failed = request.app[HUB], request.app[READER].failed
    told = {"healthy": failed is None, "listeners": len(hub.listeners), "dropped": hub.slow}
    return web.json_response(told | ({"problem": str(failed)} if failed else {}), status=503 if failed else 200)


def _listener(request: web.Request) -> Listener:
    where = request.query.get("where", "").strip()
    try:
        name = topic_named(request.match_info.get("topic", "enriched"), request.app[TOPICS])
        return request.app[HUB].listen(name, matching(where) if where else None)
    except FilterError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None
    except ValueError as error:
        raise web.HTTPNotFound(text=f"{error}\n") from None
