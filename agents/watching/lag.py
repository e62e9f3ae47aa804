"""How far behind a worker is, seen from outside Faust: what the broker has against what is committed.

Faust's own view of where a partition ends comes with what it fetches, so that a consumer which has stopped fetching
(faust-streaming issues 175, 523, 532) sees no lag. The broker is asked by a client of its own.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Set
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from faust.types import TP

from copydesk.agents.kafka.security import for_client
from copydesk.agents.kafka.transport import Gap, GuardedConsumer
from copydesk.agents.settings import Settings
from copydesk.agents.watching import metrics
from copydesk.agents.watching.partitions import Partitions

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
EXPIRED = "deleted by the topic's retention before they were worked: they are lost"
PATIENCE_SECONDS = 4.0  # with EVERY_SECONDS, a broker that does not answer is told within ten


@dataclass(frozen=True, slots=True)
class Behind:
    """Of one partition: messages not committed, the offset committed, seconds that the oldest has waited."""

    messages: int
    committed: int
    seconds: float


class Standstill:
    """Since when a partition that has messages has not moved on: they have waited so long at least."""

    def __init__(self) -> None:
        self._seen: dict[TP, tuple[int, float]] = {}

    def since(self, tp: TP, committed: int, messages: int, now: float) -> float:
        """Take in that ``messages`` lie behind the offset ``committed``; seconds since 1970, like ``now``."""
        before, since = self._seen.get(tp, (committed, now))
        since = now if messages == 0 or committed != before else since
        self._seen[tp] = committed, since
        return since

    def keep(self, mine: Set[TP]) -> None:
        """Forget all partitions but ``mine``: one that comes back has moved on with another worker."""
        self._seen = {tp: seen for tp, seen in self._seen.items() if tp in mine}


class Lag:
    """Measures, and shows it as metrics of ``partitions``."""

    def __init__(self, settings: Settings, partitions: Partitions) -> None:
        self._partitions = partitions
        self._client = AIOKafkaConsumer(
            bootstrap_servers=settings.broker, enable_auto_commit=False, **for_client(settings)
        )
        self._started = False
        self._standstill = Standstill()

    async def measure(self, consumer: GuardedConsumer) -> dict[TP, Behind] | None:
        """Each assigned partition's state; None while the broker does not answer."""
        assigned = [TopicPartition(*tp) for tp in consumer.assignment()]
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if not self._started:
                    await self._client.start()
                    self._started = True
                beginnings = await self._client.beginning_offsets(assigned) if assigned else {}
                ends = await self._client.end_offsets(assigned) if assigned else {}
                for tp, end in ends.items():
                    if beginnings[tp] == end:
                        await consumer.pass_over(TP(*tp), end)
                consumer.pass_gaps()
                await self._tell_expired(consumer.passed)
        except (KafkaError, TimeoutError):
            return None
        behind = {TP(*tp): self._behind(consumer, TP(*tp), beginnings[tp], end) for tp, end in ends.items()}
        for tp, one in behind.items():
            self._partitions.show(metrics.lag, tp, one.messages)
            self._partitions.show(metrics.lag_seconds, tp, one.seconds)
            self._partitions.show(metrics.committed, tp, one.committed)
        self._standstill.keep(behind.keys())
        return behind

    async def stop(self) -> None:
        """Disconnect."""
        if self._started:
            await self._client.stop()

    async def _tell_expired(self, gaps: list[Gap]) -> None:
        # A transaction's marker leaves a gap, too; what retention deleted lies before where the topic begins.
        if gaps:
            beginnings = await self._client.beginning_offsets([TopicPartition(*gap.tp) for gap in gaps])
        while gaps:
            gap = gaps.pop()
            count = min(gap.end, beginnings[TopicPartition(*gap.tp)]) - gap.start
            if count > 0:
                metrics.expired.labels(gap.tp.topic).inc(count)
                log.error("Expired: %s/%d: %d messages were %s", gap.tp.topic, gap.tp.partition, count, EXPIRED)

    def _behind(self, consumer: GuardedConsumer, tp: TP, beginning: int, end: int) -> Behind:
        committed = max(beginning, consumer.committed_offset(tp))
        messages = max(0, end - committed)
        now = time.time()
        since = self._standstill.since(tp, committed, messages, now)
        oldest = consumer.oldest_in_work(tp) or since
        return Behind(messages, committed, max(0.0, now - oldest) if messages else 0.0)
