"""Workers under a supervisor that starts again whatever ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self


class Crew:
    """``size`` workers with ``environment``, their logs in ``folder``."""

    def __init__(self, size: int, environment: dict[str, str], folder: Path) -> None:
        self._size = size
        self._environment = {**os.environ, **environment, "COPYDESK_METRICS_PORT": "0"}
        self._log = (folder / "workers.log").open("ab")
        self._workers: list[subprocess.Popen[bytes]] = []
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
            worker.terminate()
        for worker in self._workers:
            worker.wait()
        self._log.close()

    def join(self) -> subprocess.Popen[bytes]:
        """Start one more."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "copydesk", "worker"], env=self._environment, stdout=self._log, stderr=self._log
        )
        with self._lock:
            self._workers.append(worker)
        return worker

    def leave(self, worker: subprocess.Popen[bytes]) -> None:
        """Let ``worker`` go in order."""
        with self._lock:
            self._workers.remove(worker)
        worker.terminate()
        worker.wait()

    def kill_one(self, chosen: random.Random) -> None:
        """End one as a power cut does; the supervisor starts another."""
        with self._lock:
            chosen.choice(self._workers).kill()

    def kill_pool_process(self, chosen: random.Random) -> None:
        """End a process of the pool of one, as the kernel does when memory runs out."""
        with self._lock:
            worker = chosen.choice(self._workers)
        told = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
        children = told.read_text().split() if told.exists() else []
        pool = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        if pool:
            os.kill(int(chosen.choice(pool)), signal.SIGKILL)

    def stall_one(self, chosen: random.Random, seconds: float) -> None:
        """Stop one for ``seconds``, as a machine that swaps does."""
        with self._lock:
            worker = chosen.choice(self._workers)
        worker.send_signal(signal.SIGSTOP)
        threading.Timer(seconds, worker.send_signal, (signal.SIGCONT,)).start()

    def _keep(self) -> None:
        while not self._done.wait(0.2):
            with self._lock:
                ended = [worker for worker in self._workers if worker.poll() is not None]
                for worker in ended:
                    self._workers.remove(worker)
                    self.ends.append(worker.returncode)
            for _ in ended:
                self.join()
