"""Copydesk's stages as another program would call them: a raw message in, the topic and record to send out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from copydesk.agents.carrying import events, work
from copydesk.agents.carrying.dead_letters import dead_letter
from copydesk.agents.dedupe import outcome_of
from copydesk.agents.kafka.outbox import Outgoing
from copydesk.pipeline.deduplication import Shard, settle, shard_of
from copydesk.schemas import Article, decode, encode
from copydesk.schemas.topics import Topics


@dataclass(frozen=True, slots=True)
class Message:
    """A record as it was read, as ``dead_letter`` takes it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass
class Stages:
    """The three stages over ``topics``; one process owns its shards, as Kafka gives it their partitions."""

    topics: Topics
    shards: dict[int, Shard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        work.warm(None)

    @property
    def by_topic(self) -> dict[str, Callable[[Message], list[Outgoing]]]:
        """The stage of each topic."""
        topics = self.topics
        return {
            topics.raw.name: self._caught("extract", self.extract),
            topics.extracted.name: self._caught("dedupe", self.dedupe),
            topics.deduplicated.name: self._caught("annotate", self.annotate),
        }

    def extract(self, at: Message) -> list[Outgoing]:
        """A raw page as an article."""
        worked, to = work.extract(at.value, at.topic, at.partition, at.offset), self.topics.extracted
        shard = shard_of(worked.language, to.partitions)
        return [events.article_event("extract", to.name, worked, key=worked.language, partition=shard)]

    def dedupe(self, at: Message) -> list[Outgoing]:
        """An article as new or a copy, and the state to remember."""
        worked, sketch = work.sketch(at.value)
        decided = self.shards.setdefault(at.partition, Shard()).decide(worked.origin, sketch)
        _, topic = outcome_of(decided.decision, worked.origin)
        article = settle(decode(Article, worked.article), decided.decision)
        worked = replace(worked, article=encode(article), version=article.version)
        state = self.topics.dedupe_state.name
        return [
            *(Outgoing(state, key, value, [], at.partition) for key, value in decided.writes),
            events.article_event("dedupe", getattr(self.topics, topic).name, worked),
        ]

    def annotate(self, at: Message) -> list[Outgoing]:
        """A new article, enriched."""
        return [events.article_event("annotate", self.topics.enriched.name, work.annotate(at.value, None))]

    def _caught(self, name: str, stage: Callable[[Message], list[Outgoing]]) -> Callable[[Message], list[Outgoing]]:
        def run(at: Message) -> list[Outgoing]:
            try:
                return stage(at)
            except Exception as error:  # noqa: BLE001 - makes the dead letter
                return [dead_letter(at, error, stage=name, attempts=1, topic=self.topics.dead_letters.name, whole=True)]

        return run
