"""kafka-python's clients: with the settings that Copydesk's messages need, on a real broker or the embedded one."""

from __future__ import annotations

import logging
import socket
import ssl
import struct
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import CommitFailedError, KafkaError, KafkaTimeoutError, RebalanceInProgressError
from kafka.structs import OffsetAndMetadata

from copydesk.agents import settings
from copydesk.agents.kafka import security
from copydesk.schemas.topics import MAX_MESSAGE_BYTES, MIB

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 8.0
UNEASY_SECONDS = 6.0
"""How long what was sent goes unconfirmed before it is told."""
FLUSH_SECONDS = 150.0
"""More than the two minutes that a producer tries to deliver a record."""
METADATA_MS = 10_000
"""How long a consumer may go without knowing that a topic has got partitions, or a partition another leader."""
SESSION_MS = 10_000
"""How long a consumer that was killed keeps its partitions: so long does the one that is started in its place wait."""
API_VERSIONS = 18
CREATE_TOPICS = 19
EMBEDDED_VERSION = (2, 3)
"""The protocol kafka-python is told to speak with the embedded broker, whose newer ApiVersions reply is malformed."""
EMBEDDED_CONSUMER = {"session_timeout_ms": 6_000, "heartbeat_interval_ms": 1_000, "fetch_max_wait_ms": 50}
"""The embedded broker lets a group wait a whole session at each rebalance, and answers a fetch when its time is up."""


class BrokerUnavailable(Exception):
    """No broker answers at the address; the message names it."""


class TopicMissing(BrokerUnavailable):
    """The broker answers and has no such topic; the message names it."""


class PatientProducer(KafkaProducer):  # type: ignore[misc]
    """A producer that does not wait for ever, as kafka-python does at times when its broker was away and came back."""

    def flush(self, timeout: float | None = None) -> None:
        """Wait until all is confirmed; KafkaTimeoutError when it is not in ``timeout`` or FLUSH_SECONDS."""
        patiently(super().flush, timeout or FLUSH_SECONDS)

    def close(self, timeout: float | None = PATIENCE_SECONDS, **options: Any) -> None:
        """End; what is not confirmed in ``timeout`` seconds fails."""
        super().close(timeout, **options)


def patiently(wait: Callable[[float], object], seconds: float = FLUSH_SECONDS) -> None:
    """``wait`` for what was sent to be confirmed, at most ``seconds``, and tell when it takes long.

    Raises:
        KafkaTimeoutError: it was not confirmed in time.
    """
    try:
        wait(min(seconds, UNEASY_SECONDS))
    except KafkaTimeoutError:
        if seconds <= UNEASY_SECONDS:
            raise
        log.warning("BrokerSilent: what was sent %g s ago is not confirmed by the broker; trying on", UNEASY_SECONDS)
        wait(seconds - UNEASY_SECONDS)


def producer(bootstrap: str) -> KafkaProducer:
    """A producer whose sends are confirmed by all in-sync replicas, in order, once each."""
    return _connected(
        PatientProducer,
        bootstrap,
        acks="all",
        linger_ms=20,
        batch_size=256 * 1024,
        compression_type="lz4",
        max_request_size=MAX_MESSAGE_BYTES,
    )


def consumer(bootstrap: str, *topics: str, group: str | None = None, from_beginning: bool = True) -> KafkaConsumer:
    """A consumer of ``topics``: on its own without a group, else sharing them with the group and committing by hand.

    Raises:
        BrokerUnavailable: no broker answers.
        TopicMissing: a topic is not there.
    """
    made = _connected(
        KafkaConsumer,
        bootstrap,
        EMBEDDED_CONSUMER,
        group_id=group,
        session_timeout_ms=SESSION_MS,
        heartbeat_interval_ms=SESSION_MS // 6,
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
        max_partition_fetch_bytes=4 * MIB,
        fetch_max_bytes=MAX_MESSAGE_BYTES,
        metadata_max_age_ms=METADATA_MS,
    )
    # kafka-python asks for metadata before it knows the topics, and assigns nothing of a topic it has none of.
    partitions = {topic: made.partitions_for_topic(topic) for topic in topics}
    if missing := [topic for topic, found in partitions.items() if not found]:
        made.close()
        raise TopicMissing(f"no such topic at {bootstrap}: {', '.join(missing)}; `copydesk topics create` makes them")
    if group is not None:
        made.subscribe(topics)
        return made
    made.assign([TopicPartition(topic, number) for topic, found in partitions.items() for number in sorted(found)])
    return made


def commit(consumer: KafkaConsumer, offsets: dict[TopicPartition, OffsetAndMetadata] | None = None) -> bool:
    """Commit ``offsets``, or all that was polled, through a rebalance if one is going on; whether that was possible.

    It is not when the partitions have gone to another consumer of the group: that one gets the messages again.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            consumer.commit(offsets)
            return True
        except CommitFailedError:
            return False
        except RebalanceInProgressError:
            if time.monotonic() > deadline:
                return False
            consumer.pause(*consumer.assignment())  # a poll takes part in the rebalance; it must bring nothing now
            consumer.poll(timeout_ms=100)
            consumer.resume(*consumer.paused())


def seek_to_time(consumer: KafkaConsumer, since: datetime) -> None:
    """Go to the first message written at ``since`` or later, in every partition assigned; to the end where none was."""
    wanted = dict.fromkeys(consumer.assignment(), int(since.timestamp() * 1000))
    ends = consumer.end_offsets(list(wanted))
    for at, found in consumer.offsets_for_times(wanted).items():
        consumer.seek(at, found.offset if found else ends[at])


def admin(bootstrap: str) -> KafkaAdminClient:
    """An admin client."""
    return _connected(KafkaAdminClient, bootstrap)


def _connected(kind: Any, bootstrap: str, on_embedded: Mapping[str, Any] = MappingProxyType({}), **options: Any) -> Any:
    """A client of that kind, with what the settings say of security; ``on_embedded`` goes over ``options`` there.

    Raises:
        BrokerUnavailable: no broker answers, or none that we may speak to.
    """
    if is_embedded(bootstrap):
        options |= {"api_version": EMBEDDED_VERSION, **on_embedded}
    try:
        return kind(
            bootstrap_servers=bootstrap.split(","),
            bootstrap_timeout_ms=int(PATIENCE_SECONDS * 1000),
            **security.for_kafka_python(settings.load()),
            **options,
        )
    except KafkaError as error:
        raise BrokerUnavailable(
            f"the broker at {bootstrap} does not let us in ({error}); are COPYDESK_SECURITY_PROTOCOL, the SASL name and"
            " password right?"
        ) from None
    except settings.SettingsError as error:
        raise BrokerUnavailable(str(error)) from None


def is_embedded(bootstrap: str) -> bool:
    """Whether the first broker of ``bootstrap`` to answer is the embedded one: it alone cannot create topics.

    Raises:
        BrokerUnavailable: none of them answers.
    """
    try:
        context = security.tls(settings.load())
    except settings.SettingsError as error:
        raise BrokerUnavailable(str(error)) from None
    problems = []
    for address in bootstrap.split(","):
        host, _, port = address.strip().rpartition(":")
        try:
            if context is not None:
                _shake_hands(host, int(port), context)
                return False
            return CREATE_TOPICS not in _requests_understood(host, int(port))
        except (OSError, ValueError, struct.error) as error:
            problems.append(f"{address}: {error}")
    raise BrokerUnavailable(f"no Kafka broker answers at {'; '.join(problems)}")


def _shake_hands(host: str, port: int, context: ssl.SSLContext) -> None:
    # kafka-python would try for half a minute and not say why a certificate was refused.
    with (
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host),
    ):
        return


def _requests_understood(host: str, port: int) -> set[int]:
    # ApiVersions, version 0: the one request that every broker answers and every client may send first.
    # https://kafka.apache.org/protocol#The_Messages_ApiVersions
    request = struct.pack(">hhih", API_VERSIONS, 0, 1, -1)
    with (
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS) as connection,
        connection.makefile("rb") as reply,
    ):
        connection.sendall(struct.pack(">i", len(request)) + request)
        (size,) = struct.unpack(">i", reply.read(4))
        body = reply.read(size)
    _, _, count = struct.unpack_from(">ihi", body)
    return {struct.unpack_from(">hhh", body, 10 + 6 * n)[0] for n in range(count)}
