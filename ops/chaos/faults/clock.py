"""Clocks that jump."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from ops.chaos.scene import Scene, Set

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
"""Debian's package libfaketime; None where it is not installed."""
ENVIRONMENT = {
    "LD_PRELOAD": str(LIBRARY),
    "FAKETIME_TIMESTAMP_FILE": "{home}/clock",
    "FAKETIME_CACHE_DURATION": "1",
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # a clock that is set does not move the monotonic one
}


def jump(scene: Scene, number: int) -> None:
    """The workers' clock is an hour ahead, or behind, for ten seconds."""
    clock = scene.home / "clock"
    clock.write_text("-3600\n" if number % 2 else "+3600\n")
    time.sleep(10)
    clock.write_text("+0\n")


@contextlib.contextmanager
def right(folder: Path) -> Iterator[None]:
    """A clock that is right, at first."""
    (folder / "workers" / "clock").write_text("+0\n")
    yield


def missing() -> str | None:
    """What is missing to set a process's clock."""
    return None if LIBRARY else "Debian's package libfaketime is not installed"


FAKED = Set(environment=ENVIRONMENT, prepared=right, missing=missing)
