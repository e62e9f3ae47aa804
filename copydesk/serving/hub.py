"""Hands each event to everyone who listens, and keeps the last ones for who comes back."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from copydesk.schemas.topics import MIB

Position = dict[int, int]
"""Offset of the next message by partition."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One event: its bytes, what a filter sees, and where it lies."""

    topic: str
    partition: int
    offset: int
    value: bytes
    event: dict[str, Any]


@dataclass(eq=False)
class Listener:
    """One who listens to a topic; ``dropped`` when it did not keep up."""

    topic: str
    test: Callable[[dict[str, Any]], bool] | None
    queue: asyncio.Queue[Shown | None]
    dropped: bool = False

    def end(self) -> None:
        """Nothing comes after what it has by now: the queue ends in None."""
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(None)

    def wants(self, shown: Shown) -> bool:
        """Whether ``shown`` is for it."""
        return shown.topic == self.topic and (self.test is None or self.test(shown.event))


@dataclass
class Hub:
    """The last events of each topic are remembered: ``kept`` of them, and no more than ``kept_bytes``.

    A listener may be ``behind`` so many events before it is dropped.
    """

    kept: int = 5_000
    kept_bytes: int = 32 * MIB
    behind: int = 500
    listeners: set[Listener] = field(default_factory=set)
    slow: int = 0
    """Listeners dropped so far."""
    _last: dict[str, deque[Shown]] = field(default_factory=dict)
    _bytes: Counter[str] = field(default_factory=Counter)
    _ends: dict[str, Position] = field(default_factory=dict)

    def show(self, shown: Shown) -> None:
        """Take in one event and hand it on; who does not keep up is dropped, the others do not wait for it."""
        self._remember(shown)
        for listener in [listener for listener in self.listeners if listener.wants(shown)]:
            try:
                listener.queue.put_nowait(shown)
            except asyncio.QueueFull:
                self.drop(listener)
                listener.end()

    def listen(self, topic: str, test: Callable[[dict[str, Any]], bool] | None) -> Listener:
        """Begin to listen; ``leave`` ends it."""
        listener = Listener(topic, test, asyncio.Queue(self.behind))
        self.listeners.add(listener)
        return listener

    def drop(self, listener: Listener) -> None:
        """Hand nothing more to one who does not keep up."""
        self.slow += not listener.dropped
        listener.dropped = True
        self.listeners.discard(listener)

    def close(self) -> None:
        """The server stops: everyone may go."""
        for listener in self.listeners:
            listener.end()

    def leave(self, listener: Listener) -> None:
        """Stop listening."""
        self.listeners.discard(listener)

    def last(self, listener: Listener, count: int) -> list[Shown]:
        """The last ``count`` events for ``listener``, oldest first."""
        found: deque[Shown] = deque(maxlen=count)
        found.extend(self._wanted(listener))
        return list(found)

    def since(self, listener: Listener, position: Position) -> tuple[list[Shown], bool]:
        """What is remembered behind ``position``, and whether that is all there was."""
        remembered = self._last.get(listener.topic, ())
        first: Position = {}
        for shown in remembered:
            first.setdefault(shown.partition, shown.offset)
        whole = all(offset >= first.get(partition, offset) for partition, offset in position.items())
        return [shown for shown in self._wanted(listener) if shown.offset >= position.get(shown.partition, 0)], whole

    def before(self, topic: str, first: Iterable[Shown]) -> Position:
        """Where one stands who is about to get ``first``, and after it what comes from now on."""
        position = dict(self._ends.get(topic, {}))
        for shown in first:
            position[shown.partition] = min(shown.offset, position[shown.partition])
        return position

    def _remember(self, shown: Shown) -> None:
        last = self._last.setdefault(shown.topic, deque())
        last.append(shown)
        self._bytes[shown.topic] += len(shown.value)
        while len(last) > self.kept or (self._bytes[shown.topic] > self.kept_bytes and len(last) > 1):
            self._bytes[shown.topic] -= len(last.popleft().value)
        self._ends.setdefault(shown.topic, {})[shown.partition] = shown.offset + 1

    def _wanted(self, listener: Listener) -> Iterator[Shown]:
        return (shown for shown in self._last.get(listener.topic, ()) if listener.wants(shown))


def written(position: Position) -> str:
    """A position as the id of an event: ``0-17,1-4``."""
    return ",".join(f"{partition}-{offset}" for partition, offset in sorted(position.items()))


def read(text: str) -> Position:
    """A position from an id; what is none is the beginning."""
    position: Position = {}
    for part in text[:4_000].split(","):
        partition, _, offset = part.partition("-")
        if partition.isdecimal() and offset.isdecimal():
            position[int(partition)] = int(offset)
    return position
