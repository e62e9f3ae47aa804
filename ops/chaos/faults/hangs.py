"""Workers that hang."""

from __future__ import annotations

import time

from ops.chaos.hang import WAYS
from ops.chaos.scene import Scene

LIMIT_SECONDS = 10
"""``stall_seconds`` of the worker that hangs."""
GRACE_SECONDS = 30.0
"""From the start to the hang, and from the limit to the end."""


def hang(scene: Scene, number: int) -> None:
    """A worker joins and hangs, each time in another way: it must end by itself, and the others take over."""
    way = list(WAYS)[number % len(WAYS)]
    worker = scene.crew.join(
        ("-m", "ops.chaos.hang", way), {"COPYDESK_STALL_SECONDS": str(LIMIT_SECONDS)}, replaced=False
    )
    scene.crew.ready(worker)
    began = time.monotonic()
    while worker.process.poll() is None and time.monotonic() - began < LIMIT_SECONDS + GRACE_SECONDS:
        time.sleep(0.2)
    ended = worker.process.poll()
    scene.noted[f"{way}: {'still there' if ended is None else f'status {ended}'}"] += 1
    if ended is None:
        worker.process.kill()
