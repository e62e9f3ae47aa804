"""Spans of OpenTelemetry, one a message and stage, linked by ``traceparent`` in Kafka's headers; off unless asked for.

Where spans go, and as whom, is OpenTelemetry's own business: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME.

Reference:
    https://opentelemetry.io/docs/specs/semconv/messaging/kafka/
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from copydesk.agents.kafka.outbox import Outgoing


class Span(Protocol):
    """One message in one stage."""

    def carried(self, sends: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
        """``sends`` with what links the next stage's spans to this one."""

    def end(self, outcome: str, error: BaseException | None) -> None:
        """The message is acked."""


class Untraced:
    """Nothing is recorded."""

    def begin(self, stage: str, message: Any) -> Span:
        """A span that is none."""
        return self

    def carried(self, sends: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
        """``sends`` as they are."""
        return tuple(sends)

    def end(self, outcome: str, error: BaseException | None) -> None:
        """Nothing."""


class Traced:
    """Records spans with ``provider``, by default one that exports them over OTLP."""

    def __init__(self, provider: Any = None) -> None:
        from opentelemetry import propagate, trace  # noqa: PLC0415 - the extra "otel"

        self._propagate, self._trace = propagate, trace
        self._tracer = (provider or _exporting()).get_tracer("copydesk")

    def begin(self, stage: str, message: Any) -> Span:
        """The span of ``message`` in ``stage``, a child of the stage before."""
        carrier = {name: bytes(value).decode(errors="replace") for name, value in message.headers or ()}
        span = self._tracer.start_span(
            f"{stage} {message.topic}",
            context=self._propagate.extract(carrier),
            kind=self._trace.SpanKind.CONSUMER,
            attributes={
                "messaging.system": "kafka",
                "messaging.destination.name": message.topic,
                "messaging.destination.partition.id": str(message.partition),
                "messaging.kafka.offset": message.offset,
            },
        )
        return _Recorded(self._propagate, self._trace, span)


@dataclass(frozen=True, slots=True)
class _Recorded:
    propagate: Any
    trace: Any
    span: Any

    def carried(self, sends: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
        """See ``Span``."""
        carrier: dict[str, str] = {}
        self.propagate.inject(carrier, self.trace.set_span_in_context(self.span))
        links = [(name, value.encode()) for name, value in carrier.items()]
        return tuple(replace(send, headers=[*send.headers, *links]) for send in sends)

    def end(self, outcome: str, error: BaseException | None) -> None:
        """See ``Span``."""
        self.span.set_attribute("copydesk.outcome", outcome)
        if error is not None:
            self.span.record_exception(error)
            self.span.set_status(self.trace.Status(self.trace.StatusCode.ERROR, type(error).__name__))
        self.span.end()


def _exporting() -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    name = os.environ.get("OTEL_SERVICE_NAME", "copydesk")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
