"""What a worker tells of each partition it reads: in one place, so that it ends when the partition leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from typing import Final

from faust.types import TP
from prometheus_client import Gauge

from copydesk.agents.watching import metrics

OF_A_SHARD: Final = (metrics.dedupe_articles, metrics.dedupe_bytes)
"""Gauges labelled by the partition alone: the shards' topic is the one there is."""


class Partitions:
    """The gauges of the partitions that are this worker's."""

    def __init__(self) -> None:
        self._shown: dict[TP, dict[Gauge, tuple[str, ...]]] = {}

    def assign(self, mine: Set[TP]) -> None:
        """``mine`` are the worker's from now on; of others it tells nothing any more."""
        topics = {tp.topic for tp in self._shown}
        for tp in self._shown.keys() - mine:
            for gauge, labels in self._shown.pop(tp).items():
                gauge.remove(*labels)
        for tp in mine:
            self._shown.setdefault(tp, {})
        count = Counter(tp.topic for tp in mine)
        for topic in topics | count.keys():
            metrics.assigned.labels(topic).set(count[topic])
            metrics.expired.labels(topic)  # shown as 0, so that the first is seen as a rise

    def show(self, gauge: Gauge, tp: TP, value: float) -> None:
        """Set what ``gauge`` says of ``tp``; nothing, when that has left the worker meanwhile."""
        if tp in self._shown:
            labels = (str(tp.partition),) if gauge in OF_A_SHARD else (tp.topic, str(tp.partition))
            gauge.labels(*labels).set(value)
            self._shown[tp][gauge] = labels
