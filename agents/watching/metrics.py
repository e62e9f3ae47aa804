"""What a worker counts: one table, in Prometheus' conventions. docs/metrics.md is made from it.

Everything is counted in the parent process; pool processes return their timings.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram, Info

STAGE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
AGE_BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 21_600.0, 86_400.0)
WORD_BUCKETS = (25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400)

# Throughput and time, by stage
messages_in = Counter("copydesk_messages_in_total", "Messages taken from the stage's input topic.", ["stage"])
messages_out = Counter(
    "copydesk_messages_out_total", "Messages settled, sent on and acked, by what became of them.", ["stage", "outcome"]
)
dead_letters = Counter("copydesk_dead_letters_total", "Messages sent to the dead letters.", ["stage", "error"])
abandoned = Counter(
    "copydesk_abandoned_messages_total",
    "Messages in work when their partition was taken away; its next owner works them again.",
    ["stage"],
)
stage_seconds = Histogram(
    "copydesk_stage_seconds", "CPU work of a message in a stage, in its pool process.", ["stage"], buckets=STAGE_BUCKETS
)
taken_to_acked = Histogram(
    "copydesk_taken_to_acked_seconds",
    "From a stage taking a message to its ack: waiting for a process, work, order, and the broker's word.",
    ["stage"],
    buckets=(*STAGE_BUCKETS, 30.0, 60.0),
)
fetched_age = Histogram(
    "copydesk_fetched_to_done_seconds",
    "From the page being fetched to its last event being confirmed.",
    ["outcome"],
    buckets=AGE_BUCKETS,
)
published_age = Histogram(
    "copydesk_published_to_done_seconds",
    "From the time of publication that the page tells to its last event being confirmed.",
    ["outcome"],
    buckets=AGE_BUCKETS,
)
last_done = Gauge("copydesk_last_done_timestamp_seconds", "When a message was last settled, since 1970.", ["stage"])

# How far behind
lag = Gauge("copydesk_lag_messages", "Messages of an assigned partition that are not acked.", ["topic", "partition"])
lag_seconds = Gauge(
    "copydesk_lag_seconds", "How long the oldest message in work has been on its topic.", ["topic", "partition"]
)
expired = Counter(
    "copydesk_expired_messages_total",
    "Messages that their topic's retention deleted before they were worked: they are lost.",
    ["topic"],
)
committed = Gauge(
    "copydesk_committed_offset", "Where an assigned partition would be gone on with.", ["topic", "partition"]
)
assigned = Gauge("copydesk_assigned_partitions", "Partitions of a topic that this worker reads.", ["topic"])
rebalances = Counter("copydesk_rebalances_total", "Times the partitions were shared out anew.")

# What is in work
in_flight = Gauge("copydesk_in_flight_messages", "Messages taken and not yet settled.", ["stage"])
in_flight_bytes = Gauge("copydesk_in_flight_bytes", "Bytes of messages taken and not yet settled.", ["stage"])
pool_processes = Gauge("copydesk_pool_processes", "Processes of the pool.")
pool_tasks = Gauge("copydesk_pool_tasks", "Tasks handed to the pool and not yet done; above its processes they queue.")
pool_deaths = Counter("copydesk_pool_process_deaths_total", "Pool processes that died or were killed at work.")

# Deduplication
dedupe_articles = Gauge("copydesk_dedupe_articles", "Articles a dedupe shard remembers.", ["partition"])
dedupe_bytes = Gauge("copydesk_dedupe_state_bytes", "Size of the records a dedupe shard remembers.", ["partition"])
dedupe_limit = Gauge("copydesk_dedupe_articles_limit", "Articles a dedupe shard remembers at most.")
decided = Counter("copydesk_articles_decided_total", "Articles that deduplication decided on.", ["source"])
duplicates = Counter(
    "copydesk_duplicates_total",
    "Articles decided not to be passed on: exact and near copies, and what was fetched again unchanged.",
    ["source", "kind"],
)

# Sources and quality
articles = Counter("copydesk_articles_total", "Articles extracted.", ["source", "language"])
article_fields = Counter(
    "copydesk_article_fields_total", "Articles extracted in which a field was found.", ["source", "language", "field"]
)
article_kinds = Counter(
    "copydesk_article_kinds_total", "Articles extracted, by kind of page.", ["source", "language", "kind"]
)
article_words = Histogram(
    "copydesk_article_words", "Length of the text of an article.", ["source", "language"], buckets=WORD_BUCKETS
)
refused = Counter(
    "copydesk_pages_refused_total", "Pages from which no article can be made, by what they are.", ["source", "kind"]
)
dated_ahead = Counter(
    "copydesk_articles_dated_ahead_total",
    "Articles that their page dates after the fetch.",
    ["source"],
)

build = Info(
    "copydesk_build", "The pipeline's version, the language model that annotates, and the lane that is worked."
)

TABLE = tuple(metric for metric in vars().values() if isinstance(metric, (Counter, Gauge, Histogram, Info)))
"""Every metric, in the order above."""
