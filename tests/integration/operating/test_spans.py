"""Spans as a collector gets them: one a message and stage, all of one story in one trace, over Kafka's headers."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from copydesk.demo import sample
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

pytestmark = pytest.mark.embedded
service = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Any]]]:
    """Its address, and the requests that have come."""
    received: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            whole = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
            received.append(service.ExportTraceServiceRequest.FromString(whole))
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", received
    server.shutdown()
    server.server_close()


def spans(requests: list[Any]) -> dict[str, Any]:
    resources = [resource for request in requests for resource in request.resource_spans]
    return {span.name.split()[0]: span for one in resources for scope in one.scope_spans for span in scope.spans}


def test_a_story_is_one_trace(embedded_broker: Broker, folder: Path, collector: tuple[str, list[Any]]) -> None:
    address, received = collector
    page = next(sample.messages())
    settings = {"COPYDESK_TRACING": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    with contextlib.closing(Stream(embedded_broker)) as stream, worker(embedded_broker, folder, **settings) as running:
        stream.send([(page.key, page.value)])
        stream.read_all(running)
        deadline = time.monotonic() + 180
        while len(spans(received)) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
    found = spans(received)
    assert found.keys() == {"extract", "dedupe", "annotate"}
    assert len({span.trace_id for span in found.values()}) == 1
    assert found["dedupe"].parent_span_id == found["extract"].span_id
    assert found["annotate"].parent_span_id == found["dedupe"].span_id
    [named] = {
        one.value.string_value for one in received[0].resource_spans[0].resource.attributes if one.key == "service.name"
    }
    assert named == "copydesk"
