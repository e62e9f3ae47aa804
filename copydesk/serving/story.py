"""Where a story went, over HTTP: what ``copydesk trace`` prints, as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from copydesk.operating import tracing
from copydesk.schemas.topics import Topics

AT_ONCE = 2
"""Each reads all that is kept of every topic."""


def trace(broker: str, topics: Topics) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of ``/trace?story=…``: a URL, an article id, or a raw message as topic/partition/offset."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def traced(request: web.Request) -> web.Response:
        story = request.query.get("story", "").strip()
        if not story:
            raise web.HTTPBadRequest(text="which story? /trace?story=URL, or an article id\n")
        if turn.locked():
            raise web.HTTPServiceUnavailable(text=f"{AT_ONCE} stories are being traced; ask again\n")
        async with turn:
            steps = await asyncio.to_thread(tracing.trace, broker, topics, story)
        if not steps:
            raise web.HTTPNotFound(text="nothing of it is on any topic (any more)\n")
        return web.Response(text="".join(f"{tracing.line(step)}\n" for step in steps))

    return traced
