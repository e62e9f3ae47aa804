"""CloudEvents 1.0 in Kafka's binary mode: the envelope is headers, the value stays plain JSON.

Reference:
    https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from datetime import UTC, datetime

Headers = list[tuple[str, bytes]]

ASKED = "copydesk-asked"
"""Header on news.extracted: how many dedupe shards of the article's language have passed it on."""


def headers(*, id: str, source: str, type: str, time: datetime, subject: str | None, correlation_id: str) -> Headers:
    """The headers of one event.

    Args:
        id: unique within ``source``; the same for a re-sent event, so that consumers can drop it.
        source: the stage that speaks, ``copydesk/extract``.
        type: ``copydesk.article.extracted``.
        time: when the event was made.
        subject: the article's URL, if it has one.
        correlation_id: the raw message this goes back to.
    """
    values = {
        "ce_specversion": "1.0",
        "ce_id": id,
        "ce_source": source,
        "ce_type": type,
        "ce_time": time.astimezone(UTC).isoformat(timespec="milliseconds"),
        "ce_subject": subject,
        "ce_correlationid": correlation_id,
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in values.items() if value is not None]
