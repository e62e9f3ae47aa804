"""A worker's disk: full, or without a temporary directory. A worker keeps nothing on it but its log."""

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
    shutil.rmtree(scene.home / "tmp")
    pool.kill(scene, number)
    worker = scene.crew.join()
    scene.noted["joined then" if scene.crew.ready(worker) else "could not join"] += 1
    time.sleep(5)


def stuff(home: Path) -> Path:
    """Fill the disk at ``home``; the file that does."""
    ballast = home / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return ballast


@contextlib.contextmanager
def small(home: Path, size: str = "1m") -> Iterator[None]:
    """A disk of ``size`` at ``home``."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(home)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(home)], check=True)


def missing() -> str | None:
    """What is missing to mount a small disk."""
    return None if os.geteuid() == 0 else "only root can mount a small disk"


ON_SMALL_DISK = Set(prepared=small, missing=missing)
