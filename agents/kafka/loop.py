"""The event loop of a worker: uvloop, which does not wait long for the goodbye of TLS.

uvloop waits half a minute for the other end of a TLS connection to agree that it is over. It does not hear that when
something else is still on its way, such as the answer to a fetch: who took a shard over, or was told to stop, waited.
"""

from __future__ import annotations

import asyncio
from typing import Any

import uvloop

GOODBYE_SECONDS = 0.5


class PromptLoop(uvloop.Loop):
    """uvloop's loop with a shorter wait at the end of TLS connections."""

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        """As asyncio's; ``ssl_shutdown_timeout`` is GOODBYE_SECONDS unless given."""
        if options.get("ssl"):
            options.setdefault("ssl_shutdown_timeout", GOODBYE_SECONDS)
        return await super().create_connection(*args, **options)


class PromptPolicy(uvloop.EventLoopPolicy):  # type: ignore[misc]
    """Makes such loops, for every thread."""

    def _loop_factory(self) -> uvloop.Loop:
        return PromptLoop()


def install() -> None:
    """Let every loop from now on be such a one."""
    asyncio.set_event_loop_policy(PromptPolicy())
