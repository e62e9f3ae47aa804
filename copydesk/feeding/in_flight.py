"""What has been handed to a producer and is not confirmed: bounded, as kafka-python itself holds all it is given."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from copydesk import clients
from copydesk.schemas.topics import MIB

MOST_BYTES: Final = 64 * MIB


class InFlight:
    """Messages on their way. When there is too much of them, whoever sends waits: the pace becomes the broker's."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._sending: deque[tuple[Any, int]] = deque()
        self._bytes = 0

    def add(self, sending: Any, size: int) -> None:
        """Note a message of ``size`` bytes; ``sending`` is what ``producer.send`` returned."""
        self._sending.append((sending, size))
        self._bytes += size

    @property
    def is_full(self) -> bool:
        """Whether to wait before sending more."""
        return self._bytes > self._most

    def wait(self) -> None:
        """Wait until there is room again.

        Raises:
            KafkaError: a message was not confirmed.
        """
        while self.is_full:
            sending, size = self._sending.popleft()
            self._bytes -= size
            clients.patiently(sending.get)
