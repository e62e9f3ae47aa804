"""What holds for every test."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.kafka", "tests.stores")

# Property tests judge what a program does, not how busy the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A shell starts what it runs in the background deaf to Ctrl-C, and so would be every command that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Three a core: most of the time a test waits for a broker."""
    return 3 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What may take longest begins first; tests of a file follow each other."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    longest = {file: max(map(_seconds, tests)) for file, tests in files.items()}
    long = sorted((file for file in files if longest[file]), key=lambda file: (-longest[file], file))
    short = [file for file in files if not longest[file]]
    # Each process is given two files to begin with: the second is a short one, or it would stand behind the first.
    first = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    order = [*long[:first], *short[:first], *long[first:], *short[first:]]
    items[:] = [test for file in order for test in files[file]]


def _seconds(item: pytest.Item) -> float:
    """What the test asks for, where that is much, or it talks to a broker; else nothing."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else float("integration" in item.path.parts)
