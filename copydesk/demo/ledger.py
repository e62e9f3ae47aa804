"""The account of a run: every raw message sent, and the one topic each ended in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from copydesk.schemas.topics import Topics


@dataclass
class Ledger:
    """Raw messages by origin (``topic/partition/offset``), and where each was seen to end.

    A message ends in exactly one of the enriched articles, the duplicates and the dead letters; a record sent twice
    (at-least-once) counts once.
    """

    topics: Topics
    sent: dict[str, None] = field(default_factory=dict)
    """Origins, in the order they were sent."""
    ended: dict[str, set[str]] = field(default_factory=dict)

    def enter(self, origin: str) -> None:
        """Note a raw message as sent."""
        self.sent[origin] = None

    def note(self, topic: str, origin: str) -> None:
        """Note an event on ``topic`` that goes back to ``origin``; topics where nothing ends are passed over."""
        if topic in (self.topics.enriched.name, self.topics.duplicates.name, self.topics.dead_letters.name):
            self.ended.setdefault(origin, set()).add(topic)

    @property
    def missing(self) -> set[str]:
        """Sent, and nowhere seen to end."""
        return self.sent.keys() - self.ended.keys()

    @property
    def balanced(self) -> bool:
        """Whether every message sent ended, each in one topic, and nothing ended that was not sent."""
        return self.ended.keys() == self.sent.keys() and all(len(topics) == 1 for topics in self.ended.values())

    def totals(self) -> Counter[str]:
        """How many messages ended in each topic."""
        return Counter(topic for topics in self.ended.values() for topic in topics)
