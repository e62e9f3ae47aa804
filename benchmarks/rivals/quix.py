"""The same stages inside Quix Streams; run one process a core."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quixstreams import Application, message_context
from quixstreams.models import Serializer

from benchmarks.rivals.stages import Message, Stages
from copydesk.agents.kafka.outbox import Outgoing
from copydesk.agents.settings import load
from copydesk.schemas.topics import MAX_MESSAGE_BYTES


class ValueOf(Serializer):
    """A record to send, as its value."""

    def __call__(self, value: Outgoing, ctx: object) -> bytes | None:
        """Its bytes."""
        return value.value


def main() -> None:
    """A dataframe a topic: its stage, and each record that comes of it to its topic."""
    settings = load()
    application = Application(
        settings.broker,
        consumer_group="quix",
        auto_offset_reset="earliest",
        commit_interval=0.5,
        auto_create_topics=False,
        use_changelog_topics=False,
        producer_extra_config={
            "compression.type": "zstd",
            "linger.ms": 5,
            "message.max.bytes": MAX_MESSAGE_BYTES,
        },
        consumer_extra_config={"fetch.message.max.bytes": MAX_MESSAGE_BYTES},
    )
    known = {
        topic.name: application.topic(topic.name, value_deserializer="bytes", value_serializer=ValueOf())
        for topic in settings.topics.all
    }
    for name, stage in Stages(settings.topics).by_topic.items():
        made = application.dataframe(known[name]).apply(_run(stage), expand=True, metadata=True)
        made = made.set_headers(lambda out, *_: out.headers)
        made.to_topic(lambda out, *_: known[out.topic], key=lambda out: out.key)
    application.run()


def _run(stage: Callable[[Message], list[Outgoing]]) -> Callable[[Any, Any, int, Any], list[Outgoing]]:
    def run(value: bytes, key: bytes, _: int, headers: Any) -> list[Outgoing]:
        at = message_context()
        return stage(Message(at.topic, at.partition, at.offset, key, value, headers or []))

    return run


if __name__ == "__main__":
    main()
