"""A TCP proxy between workers and the broker, that can be cut and stalled."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

CHUNK = 64 * 1024


class Proxy:
    """Forwards connections to ``port`` on loopback to ``target`` there, from an event loop in a thread of its own."""

    def __init__(self, port: int, target: int) -> None:
        self._port, self._target = port, target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._refusing = False

    @property
    def bootstrap(self) -> str:
        """Its address."""
        return f"127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._flowing.set()
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self) -> None:
        """Close every connection, and every new one at once, as a firewall that was changed does."""
        self._refusing = True
        self._loop.call_soon_threadsafe(self._close_all)

    def stall(self) -> None:
        """Keep connections open and let nothing through, as a cable that was pulled does."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def mend(self) -> None:
        """Let all through again."""
        self._refusing = False
        self._loop.call_soon_threadsafe(self._flowing.set)

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        await asyncio.start_server(self._serve, "127.0.0.1", self._port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if not self._refusing:
                await self._forward(reader, writer)
        except OSError:
            pass  # the broker is away: whoever calls is to see it
        finally:
            writer.close()
            self._open.discard(writer)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._open.add(back)
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(onward, writer))
        finally:
            back.close()
            self._open.discard(back)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await self._flowing.wait()
                writer.write(chunk)
                await writer.drain()
        writer.close()

    def _close_all(self) -> None:
        for writer in [*self._open]:
            writer.close()
