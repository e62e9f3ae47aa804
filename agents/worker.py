"""One worker: a Faust app with its agents, its process pool, its one way out and its metrics."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import faust
import mode.loop
from faust import EventT, StreamT

from agents import annotate, dedupe, extract, logs, metrics, startup, work
from agents.account import Account
from agents.courtesy import Courtesy
from agents.delivery import Delivery, Settled
from agents.health import Health, serve
from agents.lag import EVERY_SECONDS, Lag
from agents.outbox import Outbox
from agents.pool import LOWEST, Pool
from agents.security import for_faust
from agents.settings import Settings
from agents.tracing import Traced, Untraced
from agents.transport import GuardedTransport
from agents.watchdog import Pulse, Stalled, Watchdog
from pipeline import VERSION
from pipeline.wanted_models import SHIPPED
from schemas.topics import MIB, Topic

Lane = Literal["live", "backfill"]
T = TypeVar("T")

EX_TEMPFAIL = 75  # sysexits.h: try again later
STOP_SECONDS = 9.5  # a supervisor kills after 10

log = logging.getLogger(__name__)


class Worker:
    """What the agents share.

    The live lane runs every stage. The backfill lane is a consumer group of its own that extracts archives, and
    annotates what of them is new, at the lowest priority. In between the live lane decides: a shard has one owner.
    """

    def __init__(self, settings: Settings, lane: Lane = "live") -> None:
        self.settings = settings
        self.lane = lane
        self.outbox = Outbox(settings)
        self.account = Account(settings.metrics_sources)
        self.health = Health()
        self.tracing = Traced() if settings.tracing else Untraced()
        self.courtesy = Courtesy(settings) if lane == "backfill" else None
        self.deliveries: list[Delivery[Any]] = []
        self.app = faust_app(self)
        self.pool = Pool(
            settings.processes if lane == "live" else settings.backfill_processes,
            settings.page_seconds,
            settings.process_memory,
            work.warm,
            settings.model,
            when_idle=lane == "backfill",
        )
        if lane == "live":
            extract.attach(self, settings.topics.raw)
            dedupe.attach(self)
            annotate.attach(self, settings.topics.deduplicated)
        else:
            extract.attach(self, settings.topics.raw_backfill)
            annotate.attach(self, settings.topics.deduplicated_backfill)

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
        lag, watchdog = Lag(self.settings), Watchdog(self.settings.stall_seconds)
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

    async def hand_over(self) -> None:
        """Ack what is sent, before its partitions are given away."""
        await asyncio.gather(*(delivery.hand_over() for delivery in self.deliveries))

    def run(self) -> None:
        """Work until told to stop; ends the process: status 0 after SIGTERM or SIGINT, 75 when the broker failed us."""
        if self.lane == "backfill":
            os.nice(LOWEST)
        mode.loop.use("uvloop")  # a tenth less time in Faust and aiokafka
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


class DrainingApp(faust.App):  # type: ignore[misc]
    """A Faust app that settles what it has sent before it stops consuming, or gives partitions away."""

    worker: Worker
    handing_over = False
    """Whether partitions are being given away: nothing more may be sent for their messages."""

    async def hand_over(self) -> None:
        """Let nothing more be sent, and ack what was."""
        self.handing_over = True
        await self.worker.hand_over()

    def on_rebalance_end(self) -> None:
        """Count it."""
        metrics.rebalances.inc()
        super().on_rebalance_end()

    def _create_directories(self) -> None:
        """Make none: with no tables a worker keeps nothing on disk, and starts where it is full."""

    async def on_stop(self) -> None:
        """Ack what was sent, commit, then close the way out; end without all that when it takes too long."""
        limit = threading.Timer(STOP_SECONDS, self.worker.give_up, (TimeoutError("stopping took too long"),))
        limit.daemon = True
        limit.start()
        await self.hand_over()
        await super().on_stop()
        await self.worker.outbox.stop()


def faust_app(worker: Worker) -> faust.App:
    """A Faust app with the settings that make it safe; docs/decisions/0004-own-the-ack-path.md says why each."""
    settings = worker.settings
    app = DrainingApp(
        worker.group,
        broker=f"kafka://{settings.broker}",
        autodiscover=False,
        broker_check_crcs=True,
        broker_credentials=for_faust(settings),
        broker_commit_interval=settings.commit_seconds,
        broker_heartbeat_interval=2.0,
        broker_max_poll_records=settings.in_flight,
        broker_rebalance_timeout=10.0,
        broker_session_timeout=8.0,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * MIB,
        stream_buffer_maxsize=settings.in_flight,
        stream_wait_empty=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )
    app.worker = worker
    app.task(worker.watch)
    if worker.courtesy is not None:
        app.task(worker.courtesy.watch)
    app.transport = GuardedTransport(app.conf.broker, app)
    return app
