"""The table of metrics keeps to https://prometheus.io/docs/practices/naming/."""

from __future__ import annotations

import re

import pytest
from prometheus_client import REGISTRY, Counter

from copydesk.agents.watching import metrics

BOUNDED = {"stage", "outcome", "error", "topic", "partition", "source", "language", "field", "kind"}


@pytest.mark.parametrize("metric", metrics.TABLE, ids=lambda metric: metric._name)
def test_a_metric_has_our_prefix_base_units_and_bounded_labels(metric: Counter) -> None:
    assert re.fullmatch(r"copydesk_[a-z_]+", metric._name)
    assert not re.search(r"_(ms|milliseconds|minutes|kb|mb)$", metric._name)
    assert set(metric._labelnames) <= BOUNDED
    assert metric._documentation.endswith(".")


def test_every_metric_of_ours_is_in_the_table() -> None:
    ours = {name for name in REGISTRY._names_to_collectors if name.startswith("copydesk_")}
    assert ours == {name for metric in metrics.TABLE for name in REGISTRY._get_names(metric)}
