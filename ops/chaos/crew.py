"""Workers under a supervisor that starts again whatever ends."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ops.ports import free_port

WORKER = ("-m", "copydesk", "worker")
READY_SECONDS = 60.0
RESTART_SECONDS = 1.0  # a supervisor does not start again at once what ends at once


@dataclass(frozen=True, eq=False)
class Worker:
    """A worker process, and the port its metrics are at."""

    process: subprocess.Popen[bytes]
    port: int
    replaced: bool
    """Whether another takes its place when it ends."""

    def metric(self, name: str) -> float | None:
        """The sum of a metric over its labels, or with them in ``name`` one; None without an answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=1) as reply:
                lines = reply.read().decode().splitlines()
        except OSError:
            return None
        found = [line.rpartition(" ")[2] for line in lines if line.startswith((f"{name} ", f"{name}{{"))]
        return sum(map(float, found)) if found else None

    def pool(self) -> list[int]:
        """The ids of its pool's processes."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with contextlib.suppress(OSError):
            children = [int(pid) for pid in told.read_text().split()]
            return [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return []


class Crew:
    """``size`` workers with ``environment``, their logs in ``log``."""

    def __init__(self, size: int, environment: Mapping[str, str], log: Path) -> None:
        self._size = size
        self._environment = {**os.environ, **environment}
        self._path = log
        self._log = log.open("ab")
        self._last: str | None = None
        self._workers: list[Worker] = []
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._supervisor = threading.Thread(target=self._keep)
        self.ends: list[int] = []
        """Exit statuses of the workers that ended by themselves."""

    def __enter__(self) -> Self:
        for _ in range(self._size):
            self.join()
        self._supervisor.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._done.set()
        self._supervisor.join()
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.wait()
        self._log.close()
        self._last = self.log

    @property
    def workers(self) -> list[Worker]:
        """Those that run now."""
        with self._lock:
            return list(self._workers)

    @property
    def log(self) -> str:
        """What they have logged; of those that have all ended it is known when their disk is gone, too."""
        return self._path.read_text(errors="replace") if self._last is None else self._last

    def join(
        self, command: tuple[str, ...] = WORKER, environment: Mapping[str, str] | None = None, replaced: bool = True
    ) -> Worker:
        """Start one more, with what else there is in ``environment``."""
        port = free_port()
        environment = {**self._environment, "COPYDESK_METRICS_PORT": str(port), **(environment or {})}
        process = subprocess.Popen([sys.executable, *command], env=environment, stdout=self._log, stderr=self._log)
        worker = Worker(process, port, replaced)
        with self._lock:
            self._workers.append(worker)
        return worker

    def leave(self, worker: Worker) -> int:
        """Let ``worker`` go in order; its status."""
        with self._lock:
            if worker in self._workers:
                self._workers.remove(worker)
        worker.process.terminate()
        return worker.process.wait()

    def ready(self, worker: Worker) -> bool:
        """Wait until ``worker`` has been given partitions, or has ended; whether it works."""
        deadline = time.monotonic() + READY_SECONDS
        while worker.process.poll() is None and time.monotonic() < deadline:
            if worker.metric("copydesk_assigned_partitions"):
                return True
            time.sleep(0.2)
        return False

    def at_work(self, stage: str, seconds: float) -> Worker | None:
        """One that has messages of ``stage`` in work, as soon as there is one; None after ``seconds``."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for worker in self.workers:
                if worker.metric(f'copydesk_in_flight_messages{{stage="{stage}"}}'):
                    return worker
            time.sleep(0.02)
        return None

    def pool_process(self, chosen: random.Random) -> int | None:
        """A process of the pool of one."""
        processes = [pid for worker in self.workers for pid in worker.pool()]
        return chosen.choice(processes) if processes else None

    def _keep(self) -> None:
        while not self._done.wait(0.2):
            with self._lock:
                ended = [worker for worker in self._workers if worker.process.poll() is not None]
                for worker in ended:
                    self._workers.remove(worker)
                    self.ends.append(worker.process.returncode)
            if ended:
                self._done.wait(RESTART_SECONDS)
            for worker in ended:
                if worker.replaced:
                    self.join()
