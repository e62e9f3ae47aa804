"""An article as a record to send, with its CloudEvents headers."""

from __future__ import annotations

from datetime import UTC, datetime

from agents.outbox import Outgoing
from agents.work import Worked
from schemas import cloudevents

TYPES = {
    "extract": "copydesk.article.extracted",
    "dedupe": "copydesk.article.deduplicated",
    "annotate": "copydesk.article.enriched",
}


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
