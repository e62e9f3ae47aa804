"""Several Kafka brokers that stand in for each other."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from ops.kafka.broker import Kafka


class Cluster:
    """``size`` brokers, each a controller too. The offsets of consumer groups have as many replicas."""

    def __init__(self, folder: Path, size: int = 3) -> None:
        self.brokers: dict[int, Kafka] = {}
        """By node id."""
        settings = {node: _settings(node, size) for node in range(1, size + 1)}
        for node, its in settings.items():
            home = folder / f"broker-{node}"
            home.mkdir()
            self.brokers[node] = Kafka(home, settings=its)
        voters = ",".join(f"{node}@127.0.0.1:{broker.controller}" for node, broker in self.brokers.items())
        for its in settings.values():
            its["controller.quorum.voters"] = voters

    @property
    def bootstrap(self) -> str:
        """Their addresses."""
        return ",".join(broker.bootstrap for broker in self.brokers.values())

    def __enter__(self) -> Self:
        for broker in self.brokers.values():
            broker.launch()
        for broker in self.brokers.values():
            broker.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for broker in self.brokers.values():
            broker.kill()


def _settings(node: int, size: int) -> dict[str, str]:
    return {
        "node.id": str(node),
        "offsets.topic.replication.factor": str(size),
        "transaction.state.log.replication.factor": str(size),
        "min.insync.replicas": str(size - 1),
        "broker.session.timeout.ms": "3000",  # 9,000 by default: how soon a broker that is gone is replaced as leader
        "broker.heartbeat.interval.ms": "500",
    }
