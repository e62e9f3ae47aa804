"""The HTTP of ``copydesk serve``: what is asked for, by whom, and how it is answered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from copydesk import clients
from copydesk.schemas.topics import Topics
from copydesk.serving import access, feeds
from copydesk.serving.hub import Hub, Listener, Position, Shown, read, written
from copydesk.serving.reader import Reader
from copydesk.serving.story import trace
from copydesk.subscribing.filters import FilterError, matching
from copydesk.subscribing.subscription import topic_named

STATIC = Path(__file__).parent / "static"
HEARTBEAT_SECONDS = 15.0
STALLED_SECONDS = 30.0
"""How long a client may take nothing at all before its connection is ended."""
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


def application(broker: str, topics: Topics, token: str | None = None, hub: Hub | None = None) -> web.Application:
    """The server's application; with a ``token`` nobody is answered who does not bring it, see ``serving.access``."""
    app = web.Application(middlewares=[access.guard(token)])
    app[HUB] = hub or Hub()
    app[TOPICS] = topics
    app.on_response_prepare.append(_with_headers)
    app.on_shutdown.append(_end)
    app.cleanup_ctx.append(_reading(broker))
    app.router.add_get("/", index)
    app.router.add_static("/static/", STATIC)
    app.router.add_get("/events/{topic}", events)
    app.router.add_get("/feed.json", feed)
    app.router.add_get("/feed.rss", feed)
    app.router.add_get("/trace", trace(broker, topics))
    app.router.add_get("/healthz", health)
    return app


def _reading(broker: str) -> Any:
    async def reading(app: web.Application) -> Any:
        consumer = await asyncio.to_thread(clients.consumer, broker)
        app[READER] = Reader(consumer, app[HUB])
        app[READER].start()
        yield
        await app[READER].stop()

    return reading


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


async def _end(app: web.Application) -> None:
    app[HUB].close()


async def index(request: web.Request) -> web.StreamResponse:
    """The live page."""
    if access.QUERY in request.query:
        return access.remembered(request)
    return web.FileResponse(STATIC / "index.html")


async def events(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events of a topic, those that pass ``where``; with ``Last-Event-ID`` from behind it."""
    hub = request.app[HUB]
    if len(hub.listeners) >= MOST_LISTENERS:
        raise web.HTTPServiceUnavailable(text=f"{MOST_LISTENERS} listeners are the most\n")
    listener = await _listener(request)
    last_id = request.headers.get("Last-Event-ID") or request.query.get("last_event_id")
    if last_id:
        position = read(last_id)
        remembered, whole = hub.since(listener, position)
    else:
        remembered, whole = hub.last(listener, FIRST), True
        position = hub.before(listener.topic, remembered)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    response.force_close()
    try:
        await response.prepare(request)
        if not whole:
            await _write(response, b"event: gap\ndata: events since then are no longer remembered\n\n")
        for shown in remembered:
            await _write(response, _message(shown, position))
        await _follow(hub, listener, response, position)
    except ConnectionError:
        pass  # it has gone
    except TimeoutError:
        hub.drop(listener)
        if request.transport:
            request.transport.abort()  # there is no end to wait for: it takes nothing
    finally:
        hub.leave(listener)
    return response


async def _follow(hub: Hub, listener: Listener, response: web.StreamResponse, position: Position) -> None:
    while True:
        try:
            found = [await asyncio.wait_for(listener.queue.get(), HEARTBEAT_SECONDS)]
        except TimeoutError:
            if listener.queue.empty():  # all that came until now was not for it: who comes back need not see it
                position |= hub.before(listener.topic, ())
            await _write(response, b": still here\nid: %b\n\n" % written(position).encode())
            continue
        found += [listener.queue.get_nowait() for _ in range(listener.queue.qsize())]
        new = [shown for shown in found if shown and shown.offset >= position.get(shown.partition, 0)]
        await _write(response, b"".join(_message(shown, position) for shown in new))
        if listener.dropped:
            await _write(response, b"event: dropped\ndata: too slow\n\n")
        if None in found:
            return


async def _write(response: web.StreamResponse, data: bytes) -> None:
    """Raises TimeoutError when the client does not take it."""
    async with asyncio.timeout(STALLED_SECONDS):
        await response.write(data)


def _message(shown: Shown, position: Position) -> bytes:
    position[shown.partition] = shown.offset + 1
    return b"id: %b\ndata: %b\n\n" % (written(position).encode(), shown.value)  # JSON of ours is one line


async def feed(request: web.Request) -> web.Response:
    """The last articles of a filter, newest first."""
    hub, listener = request.app[HUB], await _listener(request)
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


async def _listener(request: web.Request) -> Listener:
    """Begins to listen to what is asked for, when its topic has been read as far as it goes."""
    where = request.query.get("where", "").strip()
    try:
        name = topic_named(request.match_info.get("topic", "enriched"), request.app[TOPICS])
        test = matching(where) if where else None
    except FilterError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None
    except ValueError as error:
        raise web.HTTPNotFound(text=f"{error}\n") from None
    reader = request.app[READER]
    await reader.read(name)
    if reader.failed:
        raise web.HTTPServiceUnavailable(text=f"the topics are no longer read: {reader.failed}\n")
    return request.app[HUB].listen(name, test)
