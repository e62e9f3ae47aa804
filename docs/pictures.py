"""Makes the pictures of the docs from a real run: ``python -m docs.pictures``.

demo.svg is what `copydesk demo` prints, live.png, live-filter.png and live-phone.png the live page over the same run,
in Chromium.
The dashboards, copydesk-*.png: ``python -m ops.observe --pictures docs``. `make pictures` makes them all.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from rich.console import Console

from copydesk.demo import embedded, report
from copydesk.demo.run import run, worker
from copydesk.schemas.topics import Topics, topics
from copydesk.serving.web import application
from tests.browser import browser

HERE = Path(__file__).parent
FILTER = 'language = "en" and country in ("AT", "GH")'


def main() -> None:
    """Write them."""
    console, wanted, folder = Console(record=True, width=150), topics(), Path(tempfile.mkdtemp())
    log = folder / "worker.log"
    with embedded.broker(wanted) as address, worker(address, log) as process:
        *_, watch = run(address, wanted, process, log)
        asyncio.run(live(address, wanted, folder))
    console.print(report.outcome(watch))
    console.print(report.account(watch))
    console.save_svg(str(HERE / "demo.svg"), title="copydesk demo")


async def live(broker: str, wanted: Topics, folder: Path) -> None:
    """The live page, on a desk in daylight, on a phone at night, and with a filter."""
    runner = web.AppRunner(application(broker, wanted))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    async with browser(folder) as tab:
        for name, width, height, dark in (("live.png", 1300, 900, False), ("live-phone.png", 390, 800, True)):
            await tab.open(f"http://127.0.0.1:{port}/", width=width, height=height, dark=dark)
            await tab.until("document.querySelectorAll('article').length > 20")
            await tab.until("document.querySelectorAll('.copies li').length > 5")
            await tab.value("document.querySelectorAll('details')[1].open = true")
            await tab.screenshot(HERE / name)
        await tab.open(f"http://127.0.0.1:{port}/?{urlencode({'where': FILTER})}", width=1300, height=600, dark=True)
        await tab.until("document.querySelectorAll('article').length > 1")
        await tab.value("document.querySelector('details').open = true")
        await tab.screenshot(HERE / "live-filter.png")
    await runner.cleanup()


if __name__ == "__main__":
    main()
