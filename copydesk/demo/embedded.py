"""The embedded broker: librdkafka's in-process cluster, in a process of its own. Needs pip alone."""

from __future__ import annotations

import contextlib
import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from copydesk.schemas.topics import Topics

LIMITS = (
    "It keeps nothing on disk, and of each partition the last 5 MiB only; it cannot create, change or compact topics. "
    "For trying and for tests: production is Kafka."
)

PRODUCER = 0  # rd_kafka_type_t
ERROR_BYTES = 512


class EmbeddedBrokerError(Exception):
    """The embedded broker did not start; the message says why."""


@contextlib.contextmanager
def broker(topics: Topics) -> Iterator[str]:
    """An embedded broker with ``topics``; gives its address, ``127.0.0.1:port``, and ends with the block.

    The broker's process also ends when ours does, however that comes about.
    """
    wanted = [f"{topic.name}:{topic.partitions}" for topic in topics.all]
    with subprocess.Popen(
        [sys.executable, "-m", "copydesk.demo.embedded", *wanted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise EmbeddedBrokerError(f"the embedded broker ended with status {process.wait()}")
            yield address
        finally:
            process.stdin.close()  # what it waits for
            process.wait()


def main(wanted: list[str]) -> None:
    """Serve topics (``name:partitions`` each) until stdin is closed; the address is the one line on stdout."""
    library = librdkafka()
    error = ctypes.create_string_buffer(ERROR_BYTES)
    configuration = library.rd_kafka_conf_new()
    library.rd_kafka_conf_set(configuration, b"log_level", b"3", error, ERROR_BYTES)
    client = library.rd_kafka_new(PRODUCER, configuration, error, ERROR_BYTES)
    cluster = library.rd_kafka_mock_cluster_new(client, 1)
    if not cluster:
        raise EmbeddedBrokerError(error.value.decode() or "librdkafka made no cluster")
    for topic in wanted:
        name, _, partitions = topic.rpartition(":")
        library.rd_kafka_mock_topic_create(cluster, name.encode(), int(partitions), 1)
    # The first member of a group need not wait for others to join.
    library.rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0)
    print(library.rd_kafka_mock_cluster_bootstraps(cluster).decode(), flush=True)
    sys.stdin.read()
    library.rd_kafka_mock_cluster_destroy(cluster)


def librdkafka() -> Any:
    """The library inside the confluent-kafka wheel, with the types of the functions used here.

    Raises:
        EmbeddedBrokerError: confluent-kafka is not installed, or brings its library in another place.
    """
    try:
        import confluent_kafka  # noqa: PLC0415 - the one use of it
    except ImportError:
        raise EmbeddedBrokerError("the embedded broker needs confluent-kafka: pip install 'copydesk[worker]'") from None
    package = Path(confluent_kafka.__file__).parent
    found = [
        path
        for folder in (package.parent / "confluent_kafka.libs", package / ".dylibs")
        for path in folder.glob("librdkafka*")
    ]
    if not found:
        raise EmbeddedBrokerError(f"no librdkafka beside {package}")
    library = ctypes.CDLL(str(found[0]))
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("rd_kafka_conf_new", pointer, []),
        ("rd_kafka_conf_set", number, [pointer, text, text, text, ctypes.c_size_t]),
        ("rd_kafka_new", pointer, [number, pointer, text, ctypes.c_size_t]),
        ("rd_kafka_mock_cluster_new", pointer, [pointer, number]),
        ("rd_kafka_mock_cluster_destroy", None, [pointer]),
        ("rd_kafka_mock_cluster_bootstraps", text, [pointer]),
        ("rd_kafka_mock_topic_create", number, [pointer, text, number, number]),
        ("rd_kafka_mock_group_initial_rebalance_delay_ms", None, [pointer, ctypes.c_int32]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


if __name__ == "__main__":
    main(sys.argv[1:])
