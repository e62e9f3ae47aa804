"""Pool processes that die, run out of memory or out of time."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from pathlib import Path

from ops.chaos import pages
from ops.chaos.scene import Scene

SPARE_BYTES = 64 * 1024


def kill(scene: Scene, _: int) -> None:
    """A process ends at once, as when the kernel has run out of memory."""
    process = scene.crew.pool_process(scene.chosen)
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def exhaust_memory(scene: Scene, _: int) -> None:
    """A process has hardly any memory left to take: the next page that needs more breaks it."""
    process = scene.crew.pool_process(scene.chosen)
    if process is not None:
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            pages_taken = int(Path(f"/proc/{process}/statm").read_text().split()[0])
            limit = pages_taken * resource.getpagesize() + SPARE_BYTES
            resource.prlimit(process, resource.RLIMIT_AS, (limit, limit))


def count_deaths(scene: Scene) -> None:
    """Note how many processes had to be replaced."""
    deaths = sum(worker.metric("copydesk_pool_process_deaths_total") or 0 for worker in scene.crew.workers)
    scene.noted["processes replaced"] += int(deaths)


def slow_page(scene: Scene, number: int) -> None:
    """A page takes longer than it may."""
    scene.load.also(pages.html(f"https://slow.example/{number}", number, lines=8_000))
