from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from copydesk.agents.kafka.outbox import Outgoing
from copydesk.agents.watching.tracing import Traced, Untraced

pytest.importorskip("opentelemetry.sdk")


def message(topic: str, headers: list[tuple[str, bytes]]) -> Any:
    return SimpleNamespace(topic=topic, partition=0, offset=7, headers=headers)


def test_the_stages_of_a_message_are_one_trace_and_a_failure_is_marked() -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracing = Traced(provider)
    first = tracing.begin("extract", message("news.raw", [("x", b"\xff")]))
    [sent] = first.carried([Outgoing("news.extracted", b"k", b"v", [("ce_id", b"a")])])
    first.end("extracted", None)
    second = tracing.begin("dedupe", message("news.extracted", sent.headers))
    second.end("dead_letter", ValueError("no"))
    extract, dedupe = kept.get_finished_spans()
    assert dedupe.parent.span_id == extract.context.span_id
    assert dedupe.context.trace_id == extract.context.trace_id
    assert (extract.name, extract.attributes["copydesk.outcome"]) == ("extract news.raw", "extracted")
    assert dedupe.status.description == "ValueError"


def test_without_tracing_a_message_goes_out_as_it_is() -> None:
    send = Outgoing("t", b"k", b"v", [])
    assert Untraced().begin("extract", message("t", [])).carried([send]) == (send,)
