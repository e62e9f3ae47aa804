"""An article, or what is told of its cluster, as a record to send, with its CloudEvents headers."""

from __future__ import annotations

from datetime import UTC, datetime

from copydesk.agents.carrying.work import Worked
from copydesk.agents.kafka.outbox import Outgoing
from copydesk.schemas import Article, Cluster, cloudevents, encode
from copydesk.schemas.cluster import Promotion

TYPES = {
    "extract": "copydesk.article.extracted",
    "dedupe": "copydesk.article.deduplicated",
    "annotate": "copydesk.article.enriched",
}


def cluster_event(topic: str, article: Article, because: Promotion) -> Outgoing:
    """The upsert that ``article`` is now the canonical one of its cluster."""
    if article.duplicate is None:
        raise ValueError(f"article {article.id} has not been decided on")
    raw, cluster = article.raw, article.duplicate.cluster_id
    value = Cluster(
        cluster_id=cluster,
        canonical_id=article.id,
        because=because,
        raw=raw,
        canonical_url=article.canonical_url,
        source=article.source,
        title=article.title,
        agency=article.agency,
        published_at=article.published_at,
    )
    headers = cloudevents.headers(
        id=f"{cluster}.{article.id}.{article.version}",
        source="copydesk/dedupe",
        type="copydesk.cluster.updated",
        time=datetime.now(UTC),
        subject=article.canonical_url or article.url,
        correlation_id=f"{raw.topic}/{raw.partition}/{raw.offset}",
    )
    return Outgoing(topic, cluster.encode(), encode(value), headers)


def article_event(
    stage: str, topic: str, worked: Worked, *, key: str | None = None, partition: int | None = None
) -> Outgoing:
    """``worked`` for ``topic``, keyed by the article's id unless another key is given."""
    headers = cloudevents.headers(
        id=f"{worked.id}.{worked.version}",
        source=f"copydesk/{stage}",
        type=TYPES[stage],
        time=datetime.now(UTC),
        subject=worked.url,
        correlation_id=worked.origin,
    )
    return Outgoing(topic, (key or worked.id).encode(), worked.article, headers, partition)
