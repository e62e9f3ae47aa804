"""Disks that are full, of workers and brokers. A worker keeps nothing on its own but its log."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ops.chaos.faults import pool
from ops.chaos.scene import Scene, Set
from ops.kafka.broker import Kafka

PATIENCE_SECONDS = 30.0


def fill(scene: Scene, number: int) -> None:
    """Where the workers write is full; one joins then, and a pool process has to be replaced."""
    ballast = stuff(scene.home)
    pool.kill(scene, number)
    worker = scene.crew.join()
    scene.noted["joined then" if scene.crew.ready(worker) else "could not join"] += 1
    time.sleep(5)
    ballast.unlink()


def delete_directory(scene: Scene, number: int) -> None:
    """The workers' temporary directory is deleted; one joins then, and a pool process has to be replaced."""
    shutil.rmtree(scene.home / "tmp", ignore_errors=True)
    pool.kill(scene, number)
    worker = scene.crew.join()
    scene.noted["joined then" if scene.crew.ready(worker) else "could not join"] += 1
    time.sleep(5)


def fill_brokers(scene: Scene, _: int) -> None:
    """The broker's disk is full, which ends it; it comes back when there is room again."""
    assert isinstance(scene.kafka, Kafka)
    told, began = scene.crew.log.count("does not answer"), time.monotonic()
    ballast = stuff(scene.home.parent / "kafka")
    while scene.crew.log.count("does not answer") == told and time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.2)
    scene.noted[f"workers told it after {time.monotonic() - began:.0f} s"] += 1
    ballast.unlink()
    scene.kafka.kill()
    scene.kafka.start()


def stuff(home: Path) -> Path:
    """Fill the disk at ``home``; the file that does."""
    ballast = home / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return ballast


@contextlib.contextmanager
def small(folder: Path, name: str, size: str) -> Iterator[None]:
    """A disk of ``size`` at ``name`` in ``folder``."""
    home = folder / name
    home.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(home)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(home)], check=True)


def missing() -> str | None:
    """What is missing to mount a small disk."""
    return None if os.geteuid() == 0 else "only root can mount a small disk"


def _on_small(name: str, size: str) -> Set:
    return Set(prepared=lambda folder: small(folder, name, size), missing=missing)


WORKERS_ON_SMALL_DISK = _on_small("workers", "512m")  # py3langid unpacks its model where temporary files go
BROKER_ON_SMALL_DISK = _on_small("kafka", "256m")
