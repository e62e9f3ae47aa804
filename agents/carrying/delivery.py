"""Carries messages through one stage without losing one.

A message passes three steps. *Work* runs in the process pool, several messages at once. *Settle* decides, strictly in
the order of arrival, what to send. *Confirm* waits, in the same order, until the broker has it all, and acks. A message
that fails at any step becomes a confirmed dead letter before its ack; a broker that fails ends the worker, unacked.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from faust import EventT
from pebble import ProcessExpired

from copydesk.agents.carrying.account import Account
from copydesk.agents.carrying.budget import Budget
from copydesk.agents.carrying.dead_letters import article_of, dead_letter, loggable, named
from copydesk.agents.carrying.pool import PoolBroken
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.kafka.outbox import DeliveryError, Outbox, RecordTooLarge
from copydesk.agents.settings import Settings
from copydesk.agents.watching import metrics
from copydesk.agents.watching.tracing import Span, Traced, Untraced

T = TypeVar("T")

log = logging.getLogger(__name__)

AGAIN_SECONDS = 0.1, 1.0

HAND_OVER_SECONDS = 5.0
"""Half of what the group waits for each of its workers at a rebalance, and a supervisor for the end of one."""


class PartitionLost(Exception):
    """The message's partition belongs to another worker by now, which has the message again."""


@dataclass(slots=True)
class InFlight(Generic[T]):
    """A message between its arrival and its ack."""

    event: EventT[Any]
    size: int
    span: Span
    taken: float = field(default_factory=time.monotonic)
    work: asyncio.Task[T] = field(init=False)
    attempts: int = 0


class Delivery(Generic[T]):
    """One stage's messages in flight; use it as ``async with`` round the agent's loop.

    Args:
        stage: its name in metrics, dead letters and headers.
        work: does the CPU work of one event, in the pool.
        settle: says what to send for it; called in the order of arrival, never for a message of a lost partition.
        broken: told when the broker failed us; must end the worker.
        tracing: records a span a message.
    """

    def __init__(
        self,
        stage: str,
        settings: Settings,
        outbox: Outbox,
        account: Account,
        *,
        work: Callable[[EventT[Any]], Awaitable[T]],
        settle: Callable[[EventT[Any], T], Awaitable[Settled]],
        broken: Callable[[BaseException], Awaitable[None]],
        tracing: Untraced | Traced | None = None,
    ) -> None:
        self._tracing = tracing or Untraced()
        self._stage = stage
        self._settings = settings
        self._outbox = outbox
        self._account = account
        self._work = work
        self._settle = settle
        self._broken = broken
        self._budget = Budget(settings.in_flight, settings.in_flight_bytes)
        self._worked: asyncio.Queue[InFlight[T]] = asyncio.Queue()
        self._sent: asyncio.Queue[tuple[InFlight[T], Settled, Awaitable[None]]] = asyncio.Queue()
        self._sending = asyncio.Lock()
        self._steps: list[asyncio.Task[None]] = []
        self._messages_in = metrics.messages_in.labels(stage)
        self._in_flight = metrics.in_flight.labels(stage)
        self._in_flight_bytes = metrics.in_flight_bytes.labels(stage)
        self._taken_to_acked = metrics.taken_to_acked.labels(stage)

    @property
    def in_flight(self) -> int:
        """Messages taken and not yet settled."""
        return self._budget.count

    async def submit(self, event: EventT[Any]) -> None:
        """Take ``event`` into work; waits while the stage has as much in flight as it may."""
        size = len(event.message.value or b"")
        await self._budget.take(size)
        message: InFlight[T] = InFlight(event, size, self._tracing.begin(self._stage, event.message))
        self._messages_in.inc()
        self._gauge()
        message.work = asyncio.create_task(self._attempt(message))
        self._worked.put_nowait(message)

    async def _attempt(self, message: InFlight[T]) -> T:
        message.attempts = 1
        try:
            return await self._work(message.event)
        except ProcessExpired:
            # It may have died of another cause than its page (the kernel's OOM killer), so the page is tried once more,
            # a little later: memory that ran out is wanted by others, too.
            await asyncio.sleep(random.uniform(*AGAIN_SECONDS))
            message.attempts = 2
            return await self._work(message.event)

    async def _settle_in_order(self) -> None:
        while True:
            message = await self._worked.get()
            if not message.work.done():
                await asyncio.wait([message.work])
            try:
                async with self._sending:
                    check_owned(message.event)
                    settled = await self._settled(message)
                    self._sent.put_nowait((message, settled, await self._send(message, settled)))
            except PartitionLost:
                message.work.exception()  # is nobody's concern now
                metrics.abandoned.labels(self._stage).inc()
                message.span.end("abandoned", None)
                self._release(message)

    async def _settled(self, message: InFlight[T]) -> Settled:
        try:
            return await self._settle(message.event, message.work.result())
        except (PartitionLost, DeliveryError, PoolBroken):
            raise
        except Exception as error:  # noqa: BLE001 - the one line that makes a dead letter
            return self._dead(message, error)

    async def _confirm_in_order(self) -> None:
        while True:
            message, settled, sending = await self._sent.get()
            while True:
                try:
                    await sending
                    break
                except RecordTooLarge as error:
                    # The article first; then its dead letter, which goes without the original's value.
                    settled = self._dead(message, settled.error or error, whole=settled.error is None)
                    sending = await self._send(message, settled)
            message.event.ack()
            self._taken_to_acked.observe(time.monotonic() - message.taken)
            self._sent.task_done()
            self._account.note(self._stage, settled, time.time())
            message.span.end(settled.outcome, settled.error)
            self._release(message)

    async def _send(self, message: InFlight[T], settled: Settled) -> Awaitable[None]:
        return await self._outbox.send(message.span.carried(settled.sends))

    def _dead(self, message: InFlight[T], error: BaseException, *, whole: bool = True) -> Settled:
        error, at = named(error, self._settings.page_seconds), message.event.message
        where = {"stage": self._stage, "topic": at.topic, "partition": at.partition, "offset": at.offset}
        log.warning("dead letter: %s: %s", type(error).__name__, loggable(error), extra=where | article_of(at))
        letter = dead_letter(
            at,
            error,
            stage=self._stage,
            attempts=message.attempts,
            topic=self._settings.topics.dead_letters.name,
            whole=whole,
        )
        return Settled("dead_letter", (letter,), error=error)

    def _release(self, message: InFlight[T]) -> None:
        self._budget.give(message.size)
        self._gauge()

    def _gauge(self) -> None:
        self._in_flight.set(self.in_flight)
        self._in_flight_bytes.set(self._budget.size)

    async def hand_over(self) -> None:
        """Wait until all that was sent is confirmed and acked, once ``check_owned`` lets nothing more be sent.

        What was not sent is left to the next owner, which then sends none of it a second time.
        """
        try:
            async with asyncio.timeout(HAND_OVER_SECONDS):
                async with self._sending:
                    pass  # what was being sent is
                await self._sent.join()
        except TimeoutError:
            log.warning("%s: what was sent is not confirmed in time; it will be sent again", self._stage)

    async def __aenter__(self) -> Self:
        self._steps = [self._guard(self._settle_in_order()), self._guard(self._confirm_in_order())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for step in self._steps:
            step.cancel()
        await asyncio.gather(*self._steps, return_exceptions=True)

    def _guard(self, step: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        async def run() -> None:
            try:
                await step
            except Exception as error:  # noqa: BLE001 - whatever stops a step must stop the worker
                log.error("%s: stopped, nothing more is acked: %s: %s", self._stage, type(error).__name__, error)
                await self._broken(error)

        return asyncio.create_task(run())


def check_owned(event: EventT[Any]) -> None:
    """Raise PartitionLost when ``event`` was delivered before the last rebalance, or one has begun."""
    if event.app.handing_over or event.message.generation_id != event.app.consumer_generation_id:
        raise PartitionLost
