"""Whatever a worker tells of a partition ends when the partition leaves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from faust.types import TP
from prometheus_client import REGISTRY, Gauge

from copydesk.agents.watching import metrics
from copydesk.agents.watching.partitions import Partitions

HERE, THERE = TP("test.extracted", 71), TP("test.extracted", 72)
OF_A_PARTITION = [m for m in metrics.TABLE if isinstance(m, Gauge) and "partition" in m._labelnames]


@pytest.fixture
def partitions() -> Iterator[Partitions]:
    """Those of a worker that has HERE and THERE."""
    partitions = Partitions()
    partitions.assign({HERE, THERE})
    yield partitions
    partitions.assign(set())


def told(tp: TP) -> set[str]:
    """The metrics that say something of ``tp`` now."""
    samples = (sample for family in REGISTRY.collect() for sample in family.samples)
    return {sample.name for sample in samples if sample.labels.get("partition") == str(tp.partition)}


def test_every_gauge_of_a_partition_ends_with_the_partition_and_no_other_does(partitions: Partitions) -> None:
    for gauge in OF_A_PARTITION:
        partitions.show(gauge, HERE, 1)
        partitions.show(gauge, THERE, 1)
    partitions.assign({THERE})
    assert told(HERE) == set()
    assert told(THERE) == {gauge._name for gauge in OF_A_PARTITION}


def test_what_is_found_out_about_a_partition_that_has_left_meanwhile_is_not_told(partitions: Partitions) -> None:
    partitions.assign({THERE})
    partitions.show(metrics.lag, HERE, 5)
    assert told(HERE) == set()


def test_a_topic_whose_last_partition_leaves_is_told_as_none(partitions: Partitions) -> None:
    assert metrics.assigned.labels(HERE.topic)._value.get() == 2
    partitions.assign(set())
    assert metrics.assigned.labels(HERE.topic)._value.get() == 0
