"""Workers that are killed, stalled, come and go."""

from __future__ import annotations

import signal
import time

from ops.chaos.scene import Scene

STAGES = ("extract", "dedupe", "annotate")


def kill(scene: Scene, number: int) -> None:
    """A worker ends as in a power cut, while it has messages of one stage in work: each stage in turn.

    Of three workers three are soon dead; the group then takes its session timeout to notice.
    """
    stage = STAGES[number % len(STAGES)]
    worker = scene.crew.at_work(stage, seconds=15)
    scene.noted[f"in {stage}" if worker else "idle"] += 1
    (worker or scene.chosen.choice(scene.crew.workers)).process.kill()


def join_and_leave(scene: Scene, _: int) -> None:
    """A worker joins, works a while, and leaves in order: two rebalances."""
    worker = scene.crew.join()
    scene.crew.ready(worker)
    time.sleep(scene.chosen.uniform(0.5, 2))
    began = time.monotonic()
    status = scene.crew.leave(worker)
    scene.noted[f"status {status}"] += 1
    if time.monotonic() - began > 10:
        scene.noted["stop took more than 10 s"] += 1


def stall(scene: Scene, _: int) -> None:
    """A worker stands still for some seconds, as on a machine that swaps."""
    worker = scene.chosen.choice(scene.crew.workers)
    worker.process.send_signal(signal.SIGSTOP)
    time.sleep(scene.chosen.uniform(5, 15))
    worker.process.send_signal(signal.SIGCONT)
