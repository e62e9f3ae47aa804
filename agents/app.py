"""The Faust app of a worker, with the settings that make it safe; docs/decisions/0004-own-the-ack-path.md says why."""

from __future__ import annotations

import threading
from typing import Protocol

import faust

from copydesk.agents.kafka.security import for_faust
from copydesk.agents.kafka.transport import GuardedTransport
from copydesk.agents.settings import Settings
from copydesk.agents.watching import metrics
from copydesk.schemas.topics import MIB

STOP_SECONDS = 9.5  # a supervisor kills after 10


class Owner(Protocol):
    """Whose app it is."""

    async def hand_over(self) -> None:
        """Ack what is sent."""

    async def close(self) -> None:
        """Close the way out."""

    def give_up(self, error: BaseException) -> None:
        """End the process at once."""


class DrainingApp(faust.App):  # type: ignore[misc]
    """A Faust app that settles what it has sent before it stops consuming, or gives partitions away."""

    worker: Owner
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
        await self.worker.close()


def faust_app(settings: Settings, group: str, owner: Owner) -> DrainingApp:
    """The app of ``owner`` in the consumer group ``group``."""
    app = DrainingApp(
        group,
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
    app.worker = owner
    app.transport = GuardedTransport(app.conf.broker, app)
    return app
