"""What a worker counts, in Prometheus' conventions: one table, prefix ``copydesk_``, bounded labels.

Counted in the parent process only; pool processes return their timings.
"""

from __future__ import annotations

from wsgiref.simple_server import WSGIServer

from prometheus_client import Counter, Gauge, Histogram, Info, start_http_server

STAGE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
AGE_BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 21_600.0, 86_400.0)

messages_in = Counter("copydesk_messages_in_total", "Messages taken from the stage's input topic.", ["stage"])
messages_out = Counter(
    "copydesk_messages_out_total", "Messages settled, sent on and acked, by what became of them.", ["stage", "outcome"]
)
stage_seconds = Histogram(
    "copydesk_stage_seconds",
    "CPU work of one message in one stage, in its pool process.",
    ["stage"],
    buckets=STAGE_BUCKETS,
)
end_to_end_seconds = Histogram(
    "copydesk_end_to_end_seconds",
    "From the page being fetched to its last event being confirmed.",
    ["outcome"],
    buckets=AGE_BUCKETS,
)
in_flight = Gauge("copydesk_in_flight_messages", "Messages taken and not yet settled.", ["stage"])
in_flight_bytes = Gauge("copydesk_in_flight_bytes", "Bytes of messages taken and not yet settled.", ["stage"])
dead_letters = Counter("copydesk_dead_letters_total", "Messages sent to the dead letters.", ["stage", "error"])
abandoned = Counter(
    "copydesk_abandoned_messages_total",
    "Messages in work when their partition was taken away; its next owner works them again.",
    ["stage"],
)
pool_deaths = Counter(
    "copydesk_pool_process_deaths_total", "Pool processes that died or were killed at work.", ["stage"]
)
dedupe_articles = Gauge("copydesk_dedupe_articles", "Articles a dedupe shard remembers.", ["partition"])
build = Info("copydesk_build", "The pipeline's version.")


def serve(host: str, port: int) -> WSGIServer:
    """Serve ``/metrics`` from a thread of its own; port 0 takes a free one (``server.server_port`` says which)."""
    server, _ = start_http_server(port, host)
    return server
