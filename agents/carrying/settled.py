"""What became of a message in a stage."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.agents.carrying.work import Worked
from copydesk.agents.kafka.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a message: the name to count it by, the records to send, and the article as it was worked."""

    outcome: str
    sends: tuple[Outgoing, ...]
    worked: Worked | None = None
    last: bool = False
    """Whether these are the last records of it."""
    error: BaseException | None = None
