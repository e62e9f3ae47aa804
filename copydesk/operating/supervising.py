"""Runs several workers of one machine, each a process of its own, and starts again what ends by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.agents.settings import Settings

EX_USAGE = 2
"""A worker's status when settings or set-up are wrong: starting it again would not help."""
GRACE_SECONDS = 15.0  # a worker ends within 10 s of SIGTERM
LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0  # a worker that ran so long starts again at once

log = logging.getLogger(__name__)


@dataclass
class Crew:
    """So many workers as there are ``environments``, each with its own on top of ours; ``command`` starts one."""

    command: Sequence[str]
    environments: Sequence[Mapping[str, str]]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _status: int = 0

    async def run(self) -> int:
        """Work until SIGTERM or SIGINT, which are passed on; the status: 0, or that of a worker that cannot start."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        await asyncio.gather(*(self._keep(number) for number in range(len(self.environments))))
        return self._status

    async def _keep(self, number: int) -> None:
        failures = 0
        while not self._stop.is_set():
            began = time.monotonic()
            status = await self._work(self.environments[number])
            if status == EX_USAGE:
                self._status = status
                self._stop.set()
            if self._stop.is_set():
                return
            failures = 0 if time.monotonic() - began > SETTLED_SECONDS else failures + 1
            pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (failures - 1)) if failures else 0.0
            log.warning("worker %d ended with status %d; it starts again in %g s", number + 1, status, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)

    async def _work(self, environment: Mapping[str, str]) -> int:
        # Of a session of its own: Ctrl-C on a terminal would reach it twice, from the terminal and from us.
        process = await asyncio.create_subprocess_exec(
            *self.command, env={**os.environ, **environment}, start_new_session=True
        )
        ended, stopped = asyncio.ensure_future(process.wait()), asyncio.ensure_future(self._stop.wait())
        await asyncio.wait((ended, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not ended.done():
            process.terminate()
            await asyncio.wait((ended,), timeout=GRACE_SECONDS)
        if not ended.done():
            log.error("worker %d does not end; it is killed", process.pid)
            process.kill()
        return await ended


def supervise(workers: int, arguments: Sequence[str], settings: Settings) -> int:
    """Run ``copydesk worker`` with ``arguments`` so many times; the status, as of ``Crew.run``.

    Unless it is set how many processes each has, they share the cores out. The metrics of the second are at the port
    behind the first's, and so on.
    """
    cores = max(1, (os.cpu_count() or 1) // workers)
    processes = settings.processes if "processes" in settings.model_fields_set else cores
    environments = [
        {
            "COPYDESK_PROCESSES": str(processes),
            "COPYDESK_METRICS_PORT": str(settings.metrics_port + number if settings.metrics_port else 0),
        }
        for number in range(workers)
    ]
    return asyncio.run(Crew([sys.executable, "-m", "copydesk", "worker", *arguments], environments).run())
