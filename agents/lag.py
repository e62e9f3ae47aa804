"""How far behind a worker is, seen from outside Faust: what the broker has against what is committed.

Faust's own view of where a partition ends comes with what it fetches, so that a consumer which has stopped fetching
(faust-streaming issues 175, 523, 532) sees no lag. The broker is asked by a client of its own.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from faust.types import TP

from agents import metrics
from agents.security import for_client
from agents.settings import Settings
from agents.transport import Gap, GuardedConsumer

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


class Lag:
    """Measures, and shows it as metrics; a partition that is given away is no longer shown."""

    def __init__(self, settings: Settings) -> None:
        self._client = AIOKafkaConsumer(
            bootstrap_servers=settings.broker, enable_auto_commit=False, **for_client(settings)
        )
        self._started = False
        self._shown: set[TP] = set()
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
        self._show(behind)
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

    def _show(self, behind: dict[TP, Behind]) -> None:
        for tp in self._shown - behind.keys():
            metrics.lag.remove(tp.topic, str(tp.partition))
            metrics.lag_seconds.remove(tp.topic, str(tp.partition))
            metrics.committed.remove(tp.topic, str(tp.partition))
            metrics.assigned.labels(tp.topic).set(0)
        for tp, one in behind.items():
            metrics.lag.labels(tp.topic, str(tp.partition)).set(one.messages)
            metrics.lag_seconds.labels(tp.topic, str(tp.partition)).set(one.seconds)
            metrics.committed.labels(tp.topic, str(tp.partition)).set(one.committed)
        for topic in {tp.topic for tp in behind}:
            metrics.expired.labels(topic)  # shown as 0, so that the first is seen as a rise
            metrics.assigned.labels(topic).set(sum(tp.topic == topic for tp in behind))
        self._shown = set(behind)
