"""What a row of the table is, and what its faults can lay hands on."""

from __future__ import annotations

import contextlib
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.operating import admin
from copydesk.schemas.topics import Topics, topics
from ops.chaos import pages
from ops.chaos.crew import Crew
from ops.chaos.load import Load, Message
from ops.chaos.proxy import Proxy
from ops.kafka.broker import Kafka, Proxied
from ops.kafka.cluster import Cluster
from ops.ports import free_port

EXPIRED = re.compile(r"Expired: \S+: (\d+) messages")
"""How a worker tells that messages were deleted before it came to them."""
PARTITIONS = 8
PATIENCE_SECONDS = 240.0  # for everything to end after the last fault


@dataclass(frozen=True)
class Set:
    """What a row plays on."""

    brokers: int = 1
    proxied: bool = False
    workers: int = 2
    environment: Mapping[str, str] = field(default_factory=dict)
    message: Callable[[int], Message] = pages.page
    busy: float = 1.0
    """The load, as a multiple of the run's."""
    broker_settings: Mapping[str, str] = field(default_factory=dict)
    prepared: Callable[[Path], contextlib.AbstractContextManager[object]] = contextlib.nullcontext
    """Makes the row's folder ready, in which ``workers`` and ``kafka`` are, for as long as it is played."""
    missing: Callable[[], str | None] = lambda: None
    """What this machine lacks to play the row."""


@dataclass(frozen=True)
class Scene:
    """A Kafka, workers and a load."""

    home: Path
    """Where workers write: their log, and ``tmp``, their temporary directory."""
    kafka: Kafka | Cluster
    proxy: Proxy | None
    topics: Topics
    crew: Crew
    load: Load
    chosen: random.Random
    times: int
    noted: Counter[str] = field(default_factory=Counter)
    """What faults found worth saying, and how often."""

    def told_lost(self) -> int:
        """Messages that the workers themselves have told to be lost."""
        return sum(map(int, EXPIRED.findall(self.crew.log)))


@dataclass(frozen=True)
class Row:
    """A kind of fault, by name and in words: how often, and how long after the one before."""

    name: str
    fault_is: str
    times: int
    every: tuple[float, float]
    fault: Callable[[Scene, int], None]
    """Does the fault of a number, from 0 on, and undoes what does not undo itself."""
    on: Set = Set()
    after: Callable[[Scene], None] = lambda _: None
    """Notes what can only be seen at the end."""

    def play(self, folder: Path, times: int, seed: int, rate: float) -> Scene:
        """Play it on a Kafka and workers of its own; the scene as it is left."""
        with scene(self.on, folder, times, random.Random(f"{seed} {self.name}"), rate) as played:
            while self.on.workers and not played.load.ended:
                time.sleep(0.2)
            for number in range(times):
                time.sleep(played.chosen.uniform(*self.every))
                self.fault(played, number)
            played.load.settle(PATIENCE_SECONDS, played.told_lost)
            self.after(played)
            return played


@contextlib.contextmanager
def scene(on: Set, folder: Path, times: int, chosen: random.Random, rate: float) -> Iterator[Scene]:
    """The scene of ``on``, with everything running, for as long as the block lasts."""
    wanted = topics(PARTITIONS)
    ports = Proxied(inner=free_port(), outer=free_port()) if on.proxied else None
    home, data = folder / "workers", folder / "kafka"
    home.mkdir()
    data.mkdir()
    with contextlib.ExitStack() as running:
        running.enter_context(on.prepared(folder))
        kafka = running.enter_context(
            Cluster(data, on.brokers) if on.brokers > 1
            else Kafka(data, proxied=ports, settings=on.broker_settings)
        )  # fmt: skip
        admin.create_topics(kafka.bootstrap, wanted, replication_factor=on.brokers)
        proxy = running.enter_context(Proxy(ports.outer, ports.inner)) if ports else None
        (home / "tmp").mkdir()
        environment = {
            "COPYDESK_BROKER": (proxy or kafka).bootstrap,
            "COPYDESK_PARTITIONS": str(PARTITIONS),
            "COPYDESK_PROCESSES": "1",
            "TMPDIR": str(home / "tmp"),
            **{name: value.format(home=home) for name, value in on.environment.items()},
        }
        crew = running.enter_context(Crew(on.workers, environment, home / "log"))
        load = running.enter_context(Load(kafka.bootstrap, wanted, rate * on.busy, on.message))
        yield Scene(home, kafka, proxy, wanted, crew, load, chosen, times)
