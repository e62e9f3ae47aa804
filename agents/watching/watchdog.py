"""Ends a worker that has work and does none: Faust has been seen to stop fetching for good, and to say nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from faust.types import TP

from copydesk.agents.watching.lag import Behind


class Stalled(Exception):
    """Messages are waiting, and none was committed for ``stall_seconds``; or the group never let this worker in."""


class Watchdog:
    """Told the state of every partition now and then, it says when the worker must go."""

    def __init__(self, stall_seconds: float) -> None:
        self._patience = stall_seconds
        self._progress: dict[TP, tuple[int, float]] = {}
        self._outside_since: float | None = None

    def excuse(self) -> None:
        """Begin to count anew: the broker has not answered, and nothing could be done."""
        self._progress.clear()
        self._outside_since = None

    def check(self, behind: Mapping[TP, Behind], *, admitted: bool, now: float | None = None) -> None:
        """Take in the state of things; ``admitted``: the group has given this worker partitions, be it none, for now.

        Raises:
            Stalled: names the partition, how far it is behind, and for how long.
        """
        now = time.monotonic() if now is None else now
        self._outside_since = None if admitted else (self._outside_since or now)
        if self._outside_since is not None and now - self._outside_since > self._patience:
            raise Stalled(
                f"the consumer group has not let this worker in for {self._patience:g} s:"
                " is it allowed to READ the group and its topics?"
            )
        for tp, one in behind.items():
            committed, since = self._progress.get(tp, (one.committed, now))
            if one.messages == 0 or one.committed != committed:
                since = now
            self._progress[tp] = one.committed, since
            if now - since > self._patience:
                raise Stalled(
                    f"{tp.topic}/{tp.partition}: {one.messages} messages behind, none done for {now - since:.0f} s"
                )
        for tp in self._progress.keys() - behind.keys():
            del self._progress[tp]


class Pulse:
    """Ends a worker whose event loop stands still: the watchdog, which runs on it, stands still with it."""

    def __init__(self, stall_seconds: float, end: Callable[[Stalled], None]) -> None:
        self._patience = stall_seconds
        self._end = end
        self._last = time.monotonic()
        threading.Thread(target=self._listen, daemon=True, name="pulse").start()

    def beat(self) -> None:
        """Say that the loop runs."""
        self._last = time.monotonic()

    def _listen(self) -> None:
        while (silence := time.monotonic() - self._last) < self._patience:
            time.sleep(self._patience - silence)
        self._end(Stalled(f"the event loop has not run for {silence:.0f} s"))
