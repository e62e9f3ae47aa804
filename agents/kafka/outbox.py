"""Confirmed sends: every record goes out through one idempotent producer, and is done when the broker says so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from copydesk.agents.kafka.limits import record_limits
from copydesk.agents.kafka.security import for_client
from copydesk.agents.settings import Settings
from copydesk.schemas.cloudevents import Headers
from copydesk.schemas.topics import MAX_MESSAGE_BYTES

log = logging.getLogger(__name__)

UNEASY_SECONDS = 8.0
"""How long a send goes unconfirmed before it is told."""


class DeliveryError(Exception):
    """The broker did not take a record in time; the worker must end without acking its input."""


class RecordTooLarge(Exception):
    """The record is larger than its topic takes; raise ``max.message.bytes``."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record to send. Without a partition the key decides it, as Kafka's own clients do."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    partition: int | None = None


class Outbox:
    """The worker's one way out. aiokafka retries what the broker breaks, with backoff, for ``broker_patience``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()
        self._limits: Mapping[str, int] = {}

    async def start(self) -> AIOKafkaProducer:
        """Connect, once.

        Raises:
            DeliveryError: no broker answers at the configured address.
        """
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._settings.broker,
                    **for_client(self._settings),
                    acks="all",
                    enable_idempotence=True,
                    linger_ms=5,
                    max_batch_size=256 * 1024,
                    max_request_size=MAX_MESSAGE_BYTES,
                    compression_type="zstd",  # aiokafka's lz4 is of its slowest level: larger, and twice the time
                    request_timeout_ms=int(self._settings.broker_patience * 1000),
                )
                try:
                    await producer.start()
                except KafkaError as error:
                    await producer.stop()
                    raise DeliveryError(f"no broker at {self._settings.broker}: {error}") from error
                self._limits = await record_limits(self._settings)
                self._producer = producer
            return self._producer

    async def stop(self) -> None:
        """Send what is buffered and disconnect."""
        if self._producer is not None:
            await self._producer.stop()

    async def send(self, records: Sequence[Outgoing]) -> Awaitable[None]:
        """Hand ``records`` over, in order; to be awaited is that the broker has confirmed all of them.

        That raises RecordTooLarge, or DeliveryError when the broker did not take a record in time.
        """
        producer = self._producer or await self.start()
        sending: list[asyncio.Future[object]] = []
        for record in records:
            try:
                self._check(record)
                confirmation = await producer.send(
                    record.topic, record.value, key=record.key, partition=record.partition, headers=record.headers
                )
            except KafkaError as error:
                confirmation = asyncio.get_running_loop().create_future()
                confirmation.set_exception(error)
            sending.append(confirmation)
        return _confirmed(sending)

    def _check(self, record: Outgoing) -> None:
        parts = (record.key, record.value, *(part for header in record.headers for part in header))
        limit = self._limits.get(record.topic, MAX_MESSAGE_BYTES)
        if sum(len(part) for part in parts if part) > limit:
            raise MessageSizeTooLargeError(f"{record.topic} takes records of {limit:,} bytes")


async def _confirmed(sending: Sequence[asyncio.Future[object]]) -> None:
    if waiting := [confirmation for confirmation in sending if not confirmation.done()]:
        _, still = await asyncio.wait(waiting, timeout=UNEASY_SECONDS)
        if still:
            log.warning("BrokerSilent: what was sent %g s ago is not confirmed; trying on", UNEASY_SECONDS)
            await asyncio.wait(still)
    errors = [error for confirmation in sending if (error := confirmation.exception())]
    for error in errors:
        if isinstance(error, MessageSizeTooLargeError | RecordTooLargeError):
            raise RecordTooLarge(str(error)) from error
        if isinstance(error, KafkaError):
            raise DeliveryError(f"{type(error).__name__}: {error}") from error
        raise error
