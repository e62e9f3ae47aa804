"""Connections between the workers and the broker that are cut, or let nothing through."""

from __future__ import annotations

import time

from ops.chaos.scene import Scene

SHORTEST, LONGEST = 1.0, 60.0


def blink(scene: Scene, _: int) -> None:
    """Cut for two seconds."""
    assert scene.proxy is not None
    scene.proxy.cut()
    time.sleep(2)
    scene.proxy.mend()


def break_connection(scene: Scene, number: int) -> None:
    """Cut and stalled in turn, each time longer, from a second to a minute."""
    assert scene.proxy is not None
    seconds = SHORTEST * (LONGEST / SHORTEST) ** (number / max(1, scene.times - 1))
    if number % 2:
        scene.proxy.cut()
    else:
        scene.proxy.stall()
    scene.noted["cut" if number % 2 else "stalled"] += 1
    time.sleep(seconds)
    scene.proxy.mend()
