"""A worker in which Faust, or what it stands on, hangs in one of the ways it is known to, some seconds after its start.

usage: python -m ops.chaos.hang WAY

Each way is what users of Faust have reported or what we have seen; the worker's own code is as it is.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

from copydesk.agents.kafka.transport import GuardedConsumer
from copydesk.agents.worker import Worker
from copydesk.cli import app

SECONDS = 8.0
"""From the first partitions to the hang."""


async def _forever(*_: Any, **__: Any) -> Any:
    await asyncio.Event().wait()


def fetch(worker: Worker) -> None:
    """Nothing is fetched any more, after a broker was away (faust-streaming issues 175, 523, 532)."""
    worker.app.consumer._getmany = _forever


def flow(worker: Worker) -> None:
    """The flow is stopped for a rebalance and never resumed (robinhood/faust issue 218)."""
    worker.app.consumer.stop_flow()
    worker.app.flow_control.suspend()


def commit(worker: Worker) -> None:
    """A commit never returns, and every later one waits for it."""
    worker.app.consumer._commit = _forever


def agent(worker: Worker) -> None:
    """An agent never comes back to its stream."""
    for delivery in worker.deliveries:
        delivery.submit = _forever  # type: ignore[method-assign]


def loop(worker: Worker) -> None:
    """Something blocks the event loop."""
    threading.Event().wait()


def thread(worker: Worker) -> None:
    """The consumer's thread, which sends heartbeats and fetches, stands still."""
    worker.app.consumer._thread.thread_loop.call_soon_threadsafe(time.sleep, 1e6)


WAYS: dict[str, Callable[[Worker], None]] = {
    way.__name__: way for way in (fetch, flow, commit, agent, loop, thread)
}  # fmt: skip


def main(way: str) -> None:
    """Run a worker that hangs that way."""
    assigned: Callable[..., Coroutine[Any, Any, None]] = GuardedConsumer.on_partitions_assigned

    async def then_hang(consumer: GuardedConsumer, *given: Any) -> None:
        await assigned(consumer, *given)
        asyncio.get_running_loop().call_later(SECONDS, WAYS[way], consumer.app.worker)

    GuardedConsumer.on_partitions_assigned = then_hang  # type: ignore[method-assign]
    app(["worker"])


if __name__ == "__main__":
    main(sys.argv[1])
