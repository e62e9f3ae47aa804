"""How many listeners `copydesk serve` holds, and how long an event takes to the last of them.

usage: python -m benchmarks.edges.serving [--listeners 1000] [--rate 46] [--seconds 10]

Server, listeners and the embedded broker share this machine; an event is 6 KB, as an enriched article is.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import resource
import threading
import time

import aiohttp
import numpy as np
import orjson
from aiohttp import web

from copydesk import clients
from copydesk.demo import embedded
from copydesk.schemas.topics import topics
from copydesk.serving.web import application


async def listen(session: aiohttp.ClientSession, address: str, ready: asyncio.Semaphore, seen: list[float]) -> None:
    async with session.get(f"{address}/events/enriched") as reply:
        ready.release()
        async for line in reply.content:
            if line.startswith(b'data: {"sent":'):
                seen.append(time.time() - float(line[14:].split(b",", 1)[0]))


def publish(broker: str, rate: float, seconds: float) -> int:
    """Send events with the time they were sent at."""
    count = int(rate * seconds)
    with contextlib.closing(clients.producer(broker)) as producer:
        began = time.time()
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.time()))
            producer.send(topics().enriched.name, orjson.dumps({"sent": time.time(), "text": "x" * 6_000}))
        producer.flush()
    return count


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listeners", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=46)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8_192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with embedded.broker(topics()) as broker:
        runner = web.AppRunner(application(broker, topics()))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
        seen: list[float] = []
        ready = asyncio.Semaphore(0)
        timeout = aiohttp.ClientTimeout(total=None)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector, read_bufsize=1 << 18) as session:
            tasks = [asyncio.create_task(listen(session, address, ready, seen)) for _ in range(given.listeners)]
            for _ in tasks:
                await ready.acquire()
            began = time.process_time()
            count = await asyncio.to_thread(publish, broker, given.rate, given.seconds)
            deadline = time.time() + 20
            while len(seen) < count * given.listeners and time.time() < deadline:
                await asyncio.sleep(0.1)
            busy = time.process_time() - began
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await runner.cleanup()
    found = {
        "listeners": given.listeners,
        "events a second, each to all": given.rate,
        "delivered of sent": len(seen) / (count * given.listeners),
        "p50 s": float(np.quantile(seen, 0.5)),
        "p99 s": float(np.quantile(seen, 0.99)),
        "cores busy, server and listeners": busy / given.seconds,
        "threads": threading.active_count(),
    }
    print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    asyncio.run(main())
