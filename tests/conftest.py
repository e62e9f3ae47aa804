"""What holds for every test."""

import os
import signal

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


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What may take longest begins first; tests of a file, or that say they share something, follow each other."""
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
        groups.setdefault(_group(item), []).append(item)
    longest = {name: max(map(_seconds, group)) for name, group in groups.items()}
    long = sorted((name for name in groups if longest[name]), key=lambda name: (-longest[name], name))
    short = [name for name in groups if not longest[name]]
    # Each process is given two groups to begin with: the second is a short one, or it would stand behind the first.
    first = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    order = [*long[:first], *short[:first], *long[first:], *short[first:]]
    items[:] = [item for name in order for item in groups[name]]


def _group(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    assert marker is not None
    return str(marker.args[0])


def _seconds(item: pytest.Item) -> float:
    """What the test asks for, where that is much, or it talks to a broker; else nothing."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else float("integration" in item.path.parts)
