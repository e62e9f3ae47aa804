"""The process pool: CPU work off the event loop, each task under a time limit, a process that dies replaced."""

from __future__ import annotations

import asyncio
import os
import resource
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import ParamSpec, Self, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from copydesk.agents.watching import metrics

POOLS = 2  # tried for a task, before no pool can be had
OUT_OF_MEMORY = 77
"""Exit code of a process that took all its memory."""
LOWEST = 19  # niceness

P = ParamSpec("P")
T = TypeVar("T")


class PoolBroken(Exception):
    """No process of the pool can be started, with no fault of the page: the worker must end without acking it."""


class Pool:
    """``processes`` Python processes, each with what ``warm`` loads, that run one task at a time.

    A task that outlives ``seconds`` is killed with its process (a signal cannot stop a regular expression or a parser
    in C), and fails as TimeoutError; one whose process dies fails as ``pebble.ProcessExpired``. Other tasks go on. A
    process that is out of memory ends with OUT_OF_MEMORY: whoever took the memory, the next task needs some.
    """

    def __init__(
        self,
        processes: int,
        seconds: float,
        memory: int,
        warm: Callable[..., object],
        *args: object,
        when_idle: bool = False,
    ) -> None:
        self._seconds = seconds
        metrics.pool_processes.set(processes)
        self._new = partial(process_pool, processes, memory, warm, *args, when_idle=when_idle)
        self._pool = self._new()

    async def run(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` returns or raises, run in one of the processes.

        Raises:
            PoolBroken: no process can be started.
        """
        metrics.pool_tasks.inc()
        began = time.monotonic()
        try:
            for _ in range(POOLS):
                pool = self._standing()
                try:
                    running = pool.schedule(_work, args=(work, *args), kwargs=kwargs, timeout=self._seconds)
                    return cast(T, await asyncio.wrap_future(running))
                except TimeoutError:
                    if time.monotonic() - began >= self._seconds:
                        raise
                    metrics.pool_deaths.inc()  # pebble goes by the wall clock, and somebody has set it
                except (RuntimeError, asyncio.CancelledError):
                    if pool.active:
                        raise
        except (ProcessExpired, TimeoutError):
            metrics.pool_deaths.inc()
            raise
        finally:
            metrics.pool_tasks.dec()
        raise PoolBroken("no process of the pool can be started: is there room for temporary files?")

    def _standing(self) -> ProcessPool:
        # pebble's breaks for good when a process dies that has nothing to do.
        if not self._pool.active:
            metrics.pool_deaths.inc()
            self._pool.stop()
            self._pool = self._new()
        return self._pool

    def close(self) -> None:
        """End the processes at once, whatever they are doing."""
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> Self:
        self._pool.schedule(_nothing)  # pebble starts its processes at the first task
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def process_pool(
    processes: int, memory: int, warm: Callable[..., object], *args: object, when_idle: bool = False
) -> ProcessPool:
    """A pool whose processes load what ``warm(*args)`` loads, take ``memory`` bytes, and end with their parent.

    With ``when_idle`` they run when the machine has nothing else to do.
    """
    begin = (memory, when_idle, warm, args)
    return ProcessPool(max_workers=processes, initializer=_begin, initargs=begin, context=get_context("spawn"))


def _begin(memory: int, when_idle: bool, warm: Callable[..., object], args: Iterable[object]) -> None:
    if when_idle:
        _step_back()
    threading.Thread(target=_follow_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    warm(*args)


def _work(work: Callable[..., T], *args: object, **kwargs: object) -> T:
    try:
        return work(*args, **kwargs)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _nothing() -> None:
    """A task that takes no time."""


def _step_back() -> None:
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(LOWEST)


def _follow_parent() -> None:
    # A worker killed by SIGKILL cannot end its pool; the pool must notice.
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
