from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pebble import ProcessExpired

from copydesk.agents.carrying.pool import OUT_OF_MEMORY, Pool, PoolBroken, _begin

GIB = 1024**3


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, seconds=30.0, memory=2 * GIB, warm=os.getpid) as pool:
        yield pool


async def test_runs_work_in_another_process(pool: Pool) -> None:
    assert await pool.run(os.getpid) != os.getpid()


async def test_an_error_comes_back_as_itself(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        await pool.run(divmod, 1, 0)


async def test_work_that_hangs_is_killed_and_the_next_runs() -> None:
    with Pool(1, seconds=3.0, memory=2 * GIB, warm=os.getpid) as pool:
        with pytest.raises(TimeoutError):
            await pool.run(time.sleep, 60)
        assert await pool.run(abs, -1) == 1


async def test_a_process_that_dies_takes_only_its_own_work(pool: Pool) -> None:
    with pytest.raises(ProcessExpired):
        await pool.run(signal.raise_signal, signal.SIGKILL)
    assert await pool.run(abs, -1) == 1


async def test_a_process_that_dies_idle_is_replaced(pool: Pool) -> None:
    idle = await pool.run(os.getpid)
    os.kill(idle, signal.SIGKILL)
    while Path(f"/proc/{idle}").exists():  # until the pool has noticed, and reaped it
        await asyncio.sleep(0.01)
    assert await asyncio.gather(*(pool.run(abs, -1) for _ in range(3))) == [1, 1, 1]


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="only Linux knows it")
def test_a_pool_of_archives_runs_when_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[int] = []
    monkeypatch.setattr("os.sched_setscheduler", lambda _, policy, __: chosen.append(policy))
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    for when_idle in (True, False):
        _begin(GIB, when_idle, os.getpid, ())
    assert chosen == [os.SCHED_IDLE]


def cannot_start() -> None:
    raise OSError("no space left on device")


async def test_a_pool_that_cannot_start_its_processes_says_so_and_not_that_the_page_failed() -> None:
    with Pool(1, seconds=5.0, memory=2 * GIB, warm=cannot_start) as broken:
        for _ in range(2):
            with pytest.raises(PoolBroken):
                await broken.run(abs, -1)


async def test_work_that_takes_too_much_memory_costs_its_process_and_the_next_runs(pool: Pool) -> None:
    with pytest.raises(ProcessExpired) as died:
        await pool.run(bytearray, 8 * GIB)
    assert died.value.exitcode == OUT_OF_MEMORY
    assert await pool.run(abs, -1) == 1


class SetClock:
    """The module ``time``, its wall clock ``ahead`` of the right one."""

    ahead = 0.0
    sleep = staticmethod(time.sleep)

    def time(self) -> float:
        return time.time() + self.ahead


def begin_twice(folder: Path) -> str:
    if (folder / "began").exists():
        return "worked"
    (folder / "began").touch()
    time.sleep(60)
    return "too late"


async def test_a_clock_that_is_set_costs_no_page(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await pool.run(abs, -1) == 1  # it is warm: its processes take no time to start
    clock = SetClock()
    monkeypatch.setattr("pebble.pool.process.time", clock)
    working = asyncio.create_task(pool.run(begin_twice, tmp_path))
    while not (tmp_path / "began").exists():
        await asyncio.sleep(0.01)
    clock.ahead = 3600
    assert await working == "worked"
