"""How much a stage may have in flight: so many messages, so many bytes."""

from __future__ import annotations

import asyncio


class Budget:
    """Bounds messages and bytes taken and not yet given back. One message is always let in, however large."""

    def __init__(self, messages: int, size: int) -> None:
        self._messages = messages
        self._size = size
        self._given = asyncio.Event()
        self.count = 0
        self.size = 0

    async def take(self, size: int) -> None:
        """Wait until a message of ``size`` bytes fits, and count it in."""
        while not self._fits(size):
            self._given.clear()
            await self._given.wait()
        self.count += 1
        self.size += size

    def give(self, size: int) -> None:
        """Count a message of ``size`` bytes out."""
        self.count -= 1
        self.size -= size
        self._given.set()

    def _fits(self, size: int) -> bool:
        return self.count == 0 or (self.count < self._messages and self.size + size <= self._size)
