"""A headless Chromium, driven over its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import shutil
import subprocess
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE_SECONDS = 20.0


def missing() -> str | None:
    """What is missing to start it; None if nothing is."""
    return None if program() else "Chromium is not installed"


def program() -> str | None:
    """Where it is."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


class Tab:
    """A page that is open."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.dialogs = 0
        """Alerts that a page has opened: a script of its own ran."""

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            told = await self._socket.receive_json()
            if told.get("method") == "Page.javascriptDialogOpening":
                self.dialogs += 1
            if told.get("id") == number:
                return dict(told.get("result", {}))

    async def value(self, expression: str) -> Any:
        """What ``expression`` is in the page."""
        result = await self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return result["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until ``expression`` is true in the page."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.value(expression):
                await asyncio.sleep(0.05)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            text = {"Enter": "\r"}.get(key, key)
            await self.command("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
            await self.command("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def open(self, address: str, *, width: int = 1300, height: int = 900, dark: bool = False) -> None:
        """Go to ``address``."""
        await self.command("Page.enable")
        await self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.command("Emulation.setEmulatedMedia", features=[scheme])
        await self.command("Page.navigate", url=address)

    async def screenshot(self, file: Path) -> None:
        """What is seen, as a PNG."""
        picture = await self.command("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(picture["data"]))


@contextlib.asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Tab]:
    """A tab of a browser with its profile in ``folder``."""
    process = subprocess.Popen(
        [program() or "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
         f"--user-data-dir={folder / 'profile'}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = folder / "profile" / "DevToolsActivePort"
        async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as session:
            while not (address.exists() and address.read_text().count("\n")):
                await asyncio.sleep(0.05)
            port = address.read_text().split("\n")[0]
            async with session.get(f"http://127.0.0.1:{port}/json/list") as reply:
                page = next(one for one in await reply.json() if one["type"] == "page")
        async with aiohttp.ClientSession() as session:
            socket = await session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
            yield Tab(socket)
            await socket.close()
    finally:
        process.terminate()
        process.wait()
