"""That carrying a message costs what it did: ratios of processor time, which a busy machine moves little."""

from __future__ import annotations

from itertools import starmap

import pytest

from benchmarks import passthrough

KEPT = 0.30  # of what a plain aiokafka loop carries in the same time of a core; benchmarks/RESULTS.md
LEAST = 2 / 3  # of that
MESSAGES = 6_000


@pytest.mark.kafka
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("kafka_server")
def test_the_shell_carries_two_thirds_at_least_of_what_it_did_against_a_plain_loop() -> None:
    (_, ours), (_, plain) = starmap(passthrough.rate, [(p, MESSAGES) for p in passthrough.PROGRAMS.values()])
    assert ours / plain > KEPT * LEAST
