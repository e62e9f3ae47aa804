"""A Faust consumer that never commits past work in progress.

Stock Faust acks the messages it skips at a rebalance, commits past an unacked first message (its check is off by one,
and absent while nothing is committed), and counts the message behind a gap as part of the gap. Each loses messages;
docs/decisions/0004-own-the-ack-path.md has the evidence. This subclass closes the three and changes nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import IllegalStateError
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, Message

log = logging.getLogger(__name__)

COMMIT_SECONDS = 3.0
FETCH_WAIT_MS = 100
"""Faust waits 1,500 ms in a fetch. Kafka answers as soon as there is something; the embedded broker when time is up."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Offsets from ``start`` on, up to ``end`` and without it, that should have been read and were not there."""

    tp: TP
    start: int
    end: int


class PromptConsumerThread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]
    """Faust's consumer thread with a shorter wait for the broker."""

    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # Faust has no setting for it
        return consumer


class GuardedConsumer(driver.Consumer):  # type: ignore[misc]
    """Refuses acks of another generation, and holds every commit behind the oldest message still in work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._in_work: defaultdict[TP, dict[int, float]] = defaultdict(dict)  # offset -> seconds since 1970
        self._next: dict[TP, int] = {}
        self._gaps: list[Gap] = []
        self.passed: list[Gap] = []
        """Gaps that lie behind what is committed, since somebody last looked: no other worker will come to them."""
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> PromptConsumerThread:
        return PromptConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def _to_message(self, tp: TP, record: Any) -> Any:
        read = self._read_offset[tp]
        if read is None or record.offset >= read:  # else Faust drops it: it was delivered before
            self._in_work[tp][record.offset] = record.timestamp / 1000
            expected = self._next.get(tp, read)
            if expected is not None and record.offset > expected:
                self._gaps.append(Gap(tp, expected, record.offset))
            self._next[tp] = record.offset + 1
        return super()._to_message(tp, record)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit what is done; what was in work belongs to whoever gets the partition next."""
        await self.app.hand_over()
        await self.commit_acked()
        self.pass_gaps()
        self._gaps = [gap for gap in self._gaps if gap.tp not in revoked]
        for tp in revoked:
            self._in_work.pop(tp, None)
            self._next.pop(tp, None)
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Messages of this generation may be sent on."""
        self.app.handing_over = False
        await super().on_partitions_assigned(assigned, generation_id)

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Nothing: Faust's errors about partitions that stand still begin five minutes after any start.

        ``copydesk.agents.watching.watchdog`` sees what stands still, and does something about it.
        """

    async def commit_acked(self) -> None:
        """Commit what is acked now, if the broker takes it in time: during a rebalance it does, until all have joined.

        Faust forgets at a rebalance what was acked since its last commit.
        """
        # Not asyncio.timeout: Faust's commit takes the cancellation for another's, and waits again.
        self._committing = asyncio.create_task(self._commit_now())
        await asyncio.wait([self._committing], timeout=COMMIT_SECONDS)
        if not self._committing.done():
            log.warning("what was acked could not be committed in time; it will be worked again")

    async def _commit_now(self) -> None:
        await self.maybe_wait_for_commit_to_finish()
        await self.commit()

    async def perform_seek(self) -> None:
        """Go back to what is committed; where nothing is, to the beginning.

        aiokafka leaves such a partition where it stands. Faust, which at a rebalance throws away what it has fetched
        and seeks back for it, loses all of that: the first messages of a partition.
        """
        await super().perform_seek()
        uncommitted = [driver.ensure_aiokafka_TP(tp) for tp in self.assignment() if not self._committed_offset[tp]]
        if uncommitted:
            with contextlib.suppress(IllegalStateError):  # taken away meanwhile: the next assignment seeks again
                await self._thread.seek_to_beginning(*uncommitted)

    def ack(self, message: Message) -> bool:
        """Count ``message`` as done, if it was delivered to this generation and the flow is running."""
        of_this_generation = message.generation_id == self.app.consumer_generation_id
        if not of_this_generation or not self.app.flow_control.is_active():
            return False
        self._in_work[message.tp].pop(message.offset, None)
        return bool(super().ack(message))

    def committed_offset(self, tp: TP) -> int:
        """Where this worker would go on in ``tp``: the first message that is not committed."""
        return self._committed_offset[tp] or min(self._in_work[tp], default=0)

    async def pass_over(self, tp: TP, end: int) -> None:
        """Commit the ``end`` of a partition that holds nothing any more, unless something of it is still in work.

        Otherwise nobody would come past what was deleted before the next message, nor know of it.
        """
        committed = self._committed_offset[tp]
        if committed is not None and committed < end and not self._in_work[tp] and not self._acked[tp]:
            self._next[tp] = end
            await self._commit_offsets({tp: end})
            self.passed.append(Gap(tp, committed, end))

    def pass_gaps(self) -> None:
        """Move the gaps that are behind what is committed to ``passed``."""
        behind = [gap for gap in self._gaps if (self._committed_offset[gap.tp] or 0) > gap.end]
        self._gaps = [gap for gap in self._gaps if gap not in behind]
        self.passed += behind

    def oldest_in_work(self, tp: TP) -> float | None:
        """When the oldest message of ``tp`` in work was written, in seconds since 1970."""
        in_work = self._in_work[tp]
        return in_work[min(in_work)] if in_work else None

    def _new_offset(self, tp: TP) -> int | None:
        acked, in_work = self._acked[tp], self._in_work[tp]
        if acked and in_work and min(in_work) < min(acked):
            return None
        new_offset: int | None = super()._new_offset(tp)
        return new_offset

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        # Faust passes the offset of the message it has just read as the gap's last, inclusive.
        await super()._add_gap(tp, offset_from, offset_to - 1)


class GuardedTransport(driver.Transport):  # type: ignore[misc]
    """Faust's aiokafka transport with the guarded consumer."""

    Consumer = GuardedConsumer
