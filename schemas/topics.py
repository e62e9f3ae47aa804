"""Every topic, its partitions and its limits, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

MIB = 1024 * 1024

MAX_PAGE_BYTES = 10 * MIB
MAX_MESSAGE_BYTES = 32 * MIB
"""A 10 MiB page as JSON text, and once more inside a dead letter, where every quote is escaped again."""

BACKFILL = ".backfill"
"""How the names of the topics end that an archive passes through on its own."""

DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True)
class Topic:
    """A topic as it is created. ``key`` and ``value`` say, for people, what its records hold."""

    name: str
    partitions: int
    key: str
    value: str
    compacted: bool = False
    retention_ms: int = 7 * DAY_MS

    @property
    def config(self) -> dict[str, str]:
        """Broker settings of the topic, as Kafka names them."""
        if self.compacted:
            return {"cleanup.policy": "compact", "max.message.bytes": str(MAX_MESSAGE_BYTES)}
        return {
            "cleanup.policy": "delete",
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            "retention.ms": str(self.retention_ms),
        }


@dataclass(frozen=True)
class Topics:
    """All topics of one installation. ``prefix`` lets several share a broker."""

    raw: Topic = Topic("news.raw", 4, "URL", "RawArticle")
    raw_backfill: Topic = Topic("news.raw.backfill", 4, "URL", "RawArticle", retention_ms=30 * DAY_MS)
    extracted: Topic = Topic("news.extracted", 4, "shard (language)", "Article")
    deduplicated: Topic = Topic("news.deduplicated", 4, "article id", "Article")
    deduplicated_backfill: Topic = Topic(
        "news.deduplicated.backfill", 4, "article id", "Article", retention_ms=30 * DAY_MS
    )
    enriched: Topic = Topic("news.enriched", 4, "article id", "Article")
    duplicates: Topic = Topic("news.duplicates", 4, "article id", "Article")
    clusters: Topic = Topic("news.clusters", 4, "cluster id", "Cluster")
    dead_letters: Topic = Topic("news.deadletter", 4, "the failed key", "DeadLetter", retention_ms=30 * DAY_MS)
    dedupe_state: Topic = Topic("news.dedupe.state", 4, "raw message", "decision and sketch (binary)", compacted=True)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(topic.name for topic in self.all))
        if self.dedupe_state.partitions != self.extracted.partitions:
            raise ValueError(
                f"{self.dedupe_state.name} has {self.dedupe_state.partitions} partitions and {self.extracted.name} "
                f"{self.extracted.partitions}: a shard's state lies in the partition of the same number"
            )

    @property
    def all(self) -> tuple[Topic, ...]:
        """In the order a message passes them."""
        return (
            self.raw,
            self.raw_backfill,
            self.extracted,
            self.deduplicated,
            self.deduplicated_backfill,
            self.enriched,
            self.duplicates,
            self.clusters,
            self.dead_letters,
            self.dedupe_state,
        )


def topics(partitions: int = 4, prefix: str = "") -> Topics:
    """The topics of an installation with ``partitions`` each, their names led by ``prefix``."""
    named = {
        name: replace(topic, name=prefix + topic.name, partitions=partitions)
        for name, topic in ((f, getattr(Topics, f)) for f in Topics.__dataclass_fields__ if f != "names")
    }
    return Topics(**named)
