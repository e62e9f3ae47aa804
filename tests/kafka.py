"""One real Apache Kafka for all tests, in however many processes they run."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from copydesk.clients import BrokerUnavailable, is_embedded
from ops.kafka.broker import START_SECONDS, Kafka, missing

_RUNNING = pytest.StashKey[tuple[Kafka, Path]]()
ADDRESS = "kafka"
"""Under which the process that hands out the tests tells the others where it is."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Start it when the first of the processes that run tests is made ready, and tell each of them."""
    stash = node.config.stash
    if _RUNNING not in stash and missing() is None:
        folder = Path(tempfile.mkdtemp(prefix="copydesk-kafka-"))
        stash[_RUNNING] = Kafka(folder), folder
        stash[_RUNNING][0].launch()
    if _RUNNING in stash:
        node.workerinput[ADDRESS] = stash[_RUNNING][0].bootstrap


def pytest_unconfigure(config: pytest.Config) -> None:
    """End it."""
    if _RUNNING in config.stash:
        kafka, folder = config.stash[_RUNNING]
        kafka.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def kafka_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Kafka; the test is skipped where there can be none, and fails in CI."""
    if problem := missing():
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    told = getattr(request.config, "workerinput", {}).get(ADDRESS)
    with contextlib.nullcontext() if told else Kafka(tmp_path_factory.mktemp("kafka")) as own:
        address = own.bootstrap if own else told
        _answering(address)
        yield address


@retry(retry=retry_if_exception_type(BrokerUnavailable), stop=stop_after_delay(START_SECONDS), wait=wait_fixed(0.1))
def _answering(address: str) -> None:
    is_embedded(address)
