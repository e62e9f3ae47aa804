"""What Copydesk needs on this machine, what of it is missing, and how to get it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk import clients
from copydesk.agents.settings import Settings
from copydesk.operating import admin


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is ``fine``, else what helps; nothing runs without what is ``needed``."""

    what: str
    fine: bool
    found: str
    help: str = ""
    needed: bool = True


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, the most important first."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or later")
    yield worker_install()
    yield model(settings)
    yield from broker(settings)
    java = shutil.which("java")
    yield Finding("Java, for tests", java is not None, java or "none", "install a Java 17 JRE", needed=False)
    maven = shutil.which("mvn")
    yield Finding("Maven, for tests", maven is not None, maven or "none", "install Maven", needed=False)


def worker_install() -> Finding:
    """Whether the worker's libraries are installed, not only the feeder's."""
    missing = [name for name in ("faust", "aiokafka", "spacy", "pebble") if importlib.util.find_spec(name) is None]
    found = f"missing {', '.join(missing)}" if missing else "complete"
    return Finding("Worker's libraries", not missing, found, "pip install 'copydesk[worker]'")


def model(settings: Settings) -> Finding:
    """Which language model would run."""
    from copydesk.pipeline import annotation  # noqa: PLC0415 - brings spaCy, which may be what is missing

    try:
        return Finding("Language model", True, annotation.load(settings.model).model)
    except Exception as error:  # noqa: BLE001 - whatever keeps it from loading is the finding
        return Finding("Language model", False, str(settings.model), f"{type(error).__name__}: {error}")


def broker(settings: Settings) -> Iterator[Finding]:
    """Whether a broker answers, and has the topics as they should be."""
    try:
        kind = "embedded" if clients.is_embedded(settings.broker) else "Kafka"
        topics = admin.list_topics(settings.broker, settings.topics)
    except clients.BrokerUnavailable as error:
        yield Finding(
            "Broker", False, str(error), "start Kafka, or set COPYDESK_BROKER; to try without: `copydesk demo`"
        )
        return
    yield Finding("Broker", True, f"{kind} at {settings.broker}")
    for topic in topics:
        found = "; ".join(topic.differences) or f"{topic.partitions} partitions"
        yield Finding(
            f"Topic {topic.topic.name}", not topic.differences, found, "`copydesk topics create`, or alter it"
        )
