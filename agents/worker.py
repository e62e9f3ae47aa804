"""One worker: a Faust app with its agents, its process pool, its one way out and its metrics."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import faust
from faust import EventT, StreamT
from faust.types import TP

from copydesk.agents.app import faust_app
from copydesk.agents.carrying import work
from copydesk.agents.carrying.account import Account
from copydesk.agents.carrying.delivery import Delivery
from copydesk.agents.carrying.pool import LOWEST, Pool
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.kafka import loop, startup
from copydesk.agents.kafka.courtesy import Courtesy
from copydesk.agents.kafka.outbox import Outbox
from copydesk.agents.settings import Settings
from copydesk.agents.watching import logs, metrics
from copydesk.agents.watching.health import Health, serve
from copydesk.agents.watching.lag import EVERY_SECONDS, Lag
from copydesk.agents.watching.partitions import Partitions
from copydesk.agents.watching.tracing import Traced, Untraced
from copydesk.agents.watching.watchdog import Pulse, Stalled, Watchdog
from copydesk.pipeline import VERSION
from copydesk.pipeline.wanted_models import SHIPPED
from copydesk.schemas.topics import Topic

Lane = Literal["live", "backfill"]
T = TypeVar("T")

EX_TEMPFAIL = 75  # sysexits.h: try again later

log = logging.getLogger(__name__)


class Worker:
    """What the agents of a lane share."""

    def __init__(self, settings: Settings, lane: Lane = "live") -> None:
        self.settings = settings
        self.lane = lane
        self.outbox = Outbox(settings)
        self.account = Account(settings.metrics_sources)
        self.health = Health()
        self.tracing = Traced() if settings.tracing else Untraced()
        self.courtesy = Courtesy(settings) if lane == "backfill" else None
        self.deliveries: list[Delivery[Any]] = []
        self.partitions = Partitions()
        self.app = faust_app(settings, self.group, self)
        self.app.task(self.watch)
        if self.courtesy is not None:
            self.app.task(self.courtesy.watch)
        self.app.on_partitions_assigned.connect(self._assigned)
        self.pool = Pool(
            settings.processes if lane == "live" else settings.backfill_processes,
            settings.page_seconds,
            settings.process_memory,
            work.warm,
            settings.model,
            when_idle=self.yields,
        )

    @property
    def yields(self) -> bool:
        """Whether it works only when the machine has nothing else to do."""
        return self.lane == "backfill" and self.settings.backfill_when_idle

    async def turn(self) -> None:
        """Wait, on the backfill lane, until live pages do not."""
        if self.courtesy is not None:
            await self.courtesy.turn()

    @property
    def group(self) -> str:
        """The consumer group of its lane."""
        return self.settings.group if self.lane == "live" else f"{self.settings.group}-backfill"

    def agent(self, source: Topic) -> Callable[[Callable[[StreamT[bytes]], Awaitable[None]]], object]:
        """Make a function the agent of ``source``; bytes come as they are, decoding is our business."""
        topic = self.app.topic(
            source.name, key_serializer="raw", value_serializer="raw", key_type=bytes, value_type=bytes
        )
        return self.app.agent(topic)  # type: ignore[no-any-return]

    def delivery(
        self,
        stage: str,
        work: Callable[[EventT[Any]], Awaitable[T]],
        settle: Callable[[EventT[Any], T], Awaitable[Settled]],
    ) -> Delivery[T]:
        """The delivery of one stage, which ends this worker when the broker fails it."""
        self.account.begin(stage)
        delivery = Delivery(
            stage,
            self.settings,
            self.outbox,
            self.account,
            work=work,
            settle=settle,
            broken=self.end,
            tracing=self.tracing,
        )
        self.deliveries.append(delivery)
        return delivery

    async def end(self, error: BaseException) -> None:
        """Commit what is acked, and give up."""
        await self.app.consumer.commit_acked()
        self.give_up(error)

    def give_up(self, error: BaseException) -> None:
        """End the process at once, unacked: a supervisor starts it again, and what was in flight comes again.

        Faust's own shutdown waits on the broker that has just failed us, and has been seen to wait for ever.
        """
        log.critical("giving up: %s: %s", type(error).__name__, error)
        logging.shutdown()
        os._exit(EX_TEMPFAIL)

    def _serve(self) -> None:
        host, port = self.settings.metrics_host, self.settings.metrics_port
        try:
            serve(host, port, self.health)
        except OSError as error:
            raise startup.StartupError(
                f"/metrics cannot be served at {host}:{port} ({error}): give each worker of a machine a --metrics-port"
            ) from None

    async def watch(self) -> None:
        """Measure how far behind the worker is, and end it when it has stopped working; for as long as it runs."""
        lag, watchdog = Lag(self.settings, self.partitions), Watchdog(self.settings.stall_seconds)
        pulse = Pulse(self.settings.stall_seconds, self.give_up)
        try:
            while not self.app.should_stop:
                pulse.beat()
                behind = await lag.measure(self.app.consumer)
                self.health.set("broker", "does not answer" if behind is None else None)
                if behind is None or (self.courtesy is not None and self.courtesy.waits):
                    watchdog.excuse()
                else:
                    watchdog.check(behind, admitted=not self.app.rebalancing and self.app.consumer_generation_id > 0)
                await self.app.sleep(EVERY_SECONDS)
        except Stalled as error:
            self.health.set("watchdog", str(error))
            self.give_up(error)
        finally:
            await lag.stop()

    async def _assigned(self, _: object, assigned: set[TP], **__: object) -> None:
        self.partitions.assign(assigned)

    async def close(self) -> None:
        """Close the way out."""
        await self.outbox.stop()

    async def hand_over(self) -> None:
        """Ack what is sent, before its partitions are given away."""
        await asyncio.gather(*(delivery.hand_over() for delivery in self.deliveries))

    def run(self) -> None:
        """Work until told to stop; ends the process: status 0 after SIGTERM or SIGINT, 75 when the broker failed us."""
        if self.yields:
            os.nice(LOWEST)
        # Until Faust listens: the first process of a container has no default. Nothing is begun that would have to be
        # ended (the pool's processes follow their parent), and an exception could meet the pool half started.
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        loop.install()  # uvloop: a tenth less time in Faust and aiokafka
        with self.pool:  # first: its processes load what they need meanwhile
            self._run()

    def _run(self) -> None:
        startup.check(self.settings, self.group)
        metrics.build.info({"version": VERSION, "model": self.settings.model or SHIPPED, "lane": self.lane})
        metrics.dedupe_limit.set(self.settings.window_articles)
        if self.settings.metrics_port:
            self._serve()
        config = logs.config(self.settings.log_format)
        worker = faust.Worker(self.app, logging_config=config, quiet=True, redirect_stdouts=False)
        worker.spinner = None
        sys.exit(worker.execute_from_commandline())
