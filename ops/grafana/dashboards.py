"""Makes ops/grafana/dashboards/*.json.

usage: python -m ops.grafana.dashboards
"""

from __future__ import annotations

import json
from pathlib import Path

from ops.grafana.panels import Dashboard, Panel

FOLDER = Path(__file__).parent / "dashboards"
DECIDED = "new|revised|withdrawn|unchanged|duplicate_.*"
"""Outcomes of an article that was decided on; of several shards a language, one decides and the others pass it on."""


def rate(metric: str, by: str = "", where: str = "") -> str:
    """How many a second, summed over workers, by the labels ``by``."""
    selector = ", ".join(filter(None, (where, 'instance=~"$instance"')))
    return f"sum{f' by ({by})' if by else ''} (rate({metric}{{{selector}}}[$__rate_interval]))"


def total(metric: str, by: str = "", where: str = "", how: str = "sum") -> str:
    """A gauge, summed over workers (or its ``how``), by the labels ``by``."""
    selector = ", ".join(filter(None, (where, 'instance=~"$instance"')))
    return f"{how}{f' by ({by})' if by else ''} ({metric}{{{selector}}})"


def quantile(share: float, metric: str, by: str = "") -> str:
    """A quantile of a histogram."""
    labels = ", ".join(filter(None, ("le", by)))
    return f"histogram_quantile({share}, {rate(f'{metric}_bucket', labels)})"


def out(stage: str, outcome: str) -> str:
    """Messages a second that left ``stage`` as ``outcome`` (a regular expression)."""
    return rate("copydesk_messages_out_total", where=f'stage="{stage}", outcome=~"{outcome}"')


def share_with(field: str, label: str) -> str:
    """Share of articles in which ``field`` was found, by source or by language."""
    found = rate("copydesk_article_fields_total", label, f'field="{field}"')
    return f"{found} / {rate('copydesk_articles_total', label)}"


OVERVIEW = Dashboard(
    "copydesk-overview",
    "Overview",
    "Whether news flows, how far behind, how fresh, how much is lost to dead letters.",
    (
        Panel("Alarms", "That ring now; docs/operations.md says of each what to do.",
              {"alarms": 'count(ALERTS{alertstate="firing", alertname=~"Copydesk.*"}) or vector(0)'},
              "short", "stat", 3, 4, red_from=1),
        Panel("Raw pages", "Pages taken from news.raw.",
              {"pages": rate("copydesk_messages_in_total", where='stage="extract"')}, "mps", "stat", 3, 4),
        Panel("Enriched", "New articles published on news.enriched.",
              {"articles": out("annotate", "enriched")}, "mps", "stat", 3, 4),
        Panel("Copies", "Share of articles that were copies of one already run.",
              {"copies": f"{out('dedupe', 'duplicate_.*')} / {out('dedupe', DECIDED)}"}, "percentunit", "stat", 3, 4),
        Panel("Lag", "Messages waiting on all input topics together.",
              {"messages": total("copydesk_lag_messages")}, "short", "stat", 3, 4, red_from=10_000),
        Panel("Lag (time)", "How long the message that has waited longest has waited.",
              {"oldest": total("copydesk_lag_seconds", how="max")}, "s", "stat", 3, 4, red_from=300),
        Panel("Freshness", "Nine in ten articles take no longer from the crawler's fetch to enriched.",
              {"p90": quantile(0.9, "copydesk_fetched_to_done_seconds")}, "s", "stat", 3, 4, red_from=300),
        Panel("Dead letters, last hour", "Messages that could not be worked; `copydesk dead-letters` lists them.",
              {"messages": 'sum(increase(copydesk_dead_letters_total{instance=~"$instance"}[1h]))'},
              "short", "stat", 3, 4, red_from=100),
        Panel("Flow", "One picture from raw to enriched: what enters, what each stage passes on, where the rest goes.",
              {"1 raw": rate("copydesk_messages_in_total", where='stage="extract"'),
               "2 extracted": out("extract", "extracted"),
               "3 new or revised": out("dedupe", "new|revised|withdrawn"),
               "3 copies and unchanged": out("dedupe", "duplicate_.*|unchanged"),
               "4 enriched": out("annotate", "enriched"),
               "dead letters": rate("copydesk_messages_out_total", where='outcome="dead_letter"')},
              "mps", "bargauge", 12, 9),
        Panel("What becomes of messages", "Messages settled, by stage and outcome.",
              {"{{stage}} {{outcome}}": rate("copydesk_messages_out_total", "stage, outcome")},
              "mps", width=12, height=9),
        Panel("Freshness: fetched to enriched", "From the crawler's fetch to the enriched event being confirmed.",
              {"median": quantile(0.5, "copydesk_fetched_to_done_seconds"),
               "p99": quantile(0.99, "copydesk_fetched_to_done_seconds")}, "s"),
        Panel("Freshness: published to enriched", "From the time of publication, as the page tells it.",
              {"median": quantile(0.5, "copydesk_published_to_done_seconds"),
               "p99": quantile(0.99, "copydesk_published_to_done_seconds")}, "s"),
        Panel("Consumer group lag", "Messages waiting, by topic.",
              {"{{topic}}": total("copydesk_lag_messages", "topic")}, "short"),
        Panel("Dead letters", "By stage and error.",
              {"{{stage}} {{error}}": rate("copydesk_dead_letters_total", "stage, error")}, "mps"),
        Panel("Account", "Messages taken, less those settled and those given to another worker, since the workers"
              " started: what is in flight, and nothing else.",
              {"{{stage}}": f"{total('copydesk_messages_in_total', 'stage')}"
               f" - {total('copydesk_messages_out_total', 'stage')}"
               f" - {total('copydesk_abandoned_messages_total', 'stage')}"}, "short"),
        Panel("Since a message was last settled", "By stage; it grows when a stage has nothing to do, or hangs.",
              {"{{stage}}": f"time() - {total('copydesk_last_done_timestamp_seconds', 'stage', how='max')}"}, "s"),
    ),
)  # fmt: skip

STAGES = Dashboard(
    "copydesk-stages",
    "Stages",
    "What each stage costs, and how full the process pool is.",
    (
        *(Panel(f"{name}: latency", f"Messages by the time from the {name} stage taking them to their ack.",
                {"{{le}}": rate("copydesk_taken_to_acked_seconds_bucket", "le", f'stage="{name}"')}, "s", "heatmap")
          for name in ("extract", "dedupe", "annotate")),
        Panel("Latency, p99", "From being taken to being acked: what is not CPU time is waiting.",
              {"{{stage}}": quantile(0.99, "copydesk_taken_to_acked_seconds", "stage")}, "s"),
        Panel("CPU time, median", "Of one message in one stage.",
              {"{{stage}}": quantile(0.5, "copydesk_stage_seconds", "stage")}, "s"),
        Panel("CPU time, p99", "Of one message in one stage.",
              {"{{stage}}": quantile(0.99, "copydesk_stage_seconds", "stage")}, "s"),
        Panel("Processes kept busy", "CPU seconds a second: what each stage takes of the pool.",
              {"{{stage}}": rate("copydesk_stage_seconds_sum", "stage"), "processes": total("copydesk_pool_processes")},
              "short"),
        Panel("Throughput", "Messages taken by a stage.",
              {"{{stage}}": rate("copydesk_messages_in_total", "stage")}, "mps"),
        Panel("In flight", "Messages taken and not yet settled.",
              {"{{stage}}": total("copydesk_in_flight_messages", "stage")}, "short"),
        Panel("In flight, size", "Bytes of messages taken and not yet settled.",
              {"{{stage}}": total("copydesk_in_flight_bytes", "stage")}, "bytes"),
        Panel("Pool", "Tasks handed to the pool and not done, against its processes: the difference queues.",
              {"tasks": total("copydesk_pool_tasks"), "processes": total("copydesk_pool_processes")}, "short"),
        Panel("Pool processes lost", "Killed for a page that took too long, or dead of one: out of memory, a crash.",
              {"deaths": rate("copydesk_pool_process_deaths_total")}, "mps"),
        Panel("Given to another worker", "Messages in work when their partition was taken away.",
              {"{{stage}}": rate("copydesk_abandoned_messages_total", "stage")}, "mps"),
        Panel("Memory of a worker", "Resident memory of the parent process; pool processes are not in it.",
              {"{{instance}}": 'process_resident_memory_bytes{job="copydesk", instance=~"$instance"}'}, "bytes"),
    ),
)  # fmt: skip

DEDUPLICATION = Dashboard(
    "copydesk-deduplication",
    "Deduplication",
    "How many copies, of which kind, from whom; how full the window is.",
    (
        Panel("Share of copies", "Of articles decided on, by kind of copy.",
              {"exact": f"{out('dedupe', 'duplicate_exact')} / {out('dedupe', DECIDED)}",
               "near": f"{out('dedupe', 'duplicate_near')} / {out('dedupe', DECIDED)}"}, "percentunit", stacked=True),
        Panel("Decisions", "Articles decided on, by outcome.",
              {"{{outcome}}": rate("copydesk_messages_out_total", "outcome", 'stage="dedupe"')}, "mps"),
        Panel("Who runs copies", "Copies an hour by source, the ten with most.",
              {"{{source}}": "topk(10, 3600 * "
               + rate("copydesk_duplicates_total", "source", 'kind!="unchanged"') + " > 0)"}, "short", "bargauge"),
        Panel("Share of copies, by source", "The ten sources with the greatest share.",
              {"{{source}}": "topk(10, " + rate("copydesk_duplicates_total", "source", 'kind!="unchanged"')
               + " / " + rate("copydesk_articles_decided_total", "source") + ")"}, "percentunit"),
        Panel("Articles remembered", "By shard.",
              {"shard {{partition}}": total("copydesk_dedupe_articles", "partition", how="max")}, "short"),
        Panel("Size of the state", "Of the records remembered: what a worker reads when it takes a shard over.",
              {"shard {{partition}}": total("copydesk_dedupe_state_bytes", "partition", how="max")}, "bytes"),
        Panel("Fullest shard", "Articles remembered, of those a shard may: at 1 the oldest leave before their time.",
              {"share": f"{total('copydesk_dedupe_articles', how='max')} / "
               f"{total('copydesk_dedupe_articles_limit', how='max')}"}, "percentunit"),
    ),
)  # fmt: skip

QUALITY = Dashboard(
    "copydesk-quality",
    "Sources & quality",
    "Which sources and languages flow, and what extraction finds in them.",
    (
        Panel("Articles by source", "The 15 with most.",
              {"{{source}}": f"topk(15, {rate('copydesk_articles_total', 'source')})"}, "mps", width=12),
        Panel("Articles by language", "The 15 with most.",
              {"{{language}}": f"topk(15, {rate('copydesk_articles_total', 'language')})"}, "mps", width=12),
        *(Panel(f"Articles with {what}, by {label}",
                f"Share of articles in which extraction found {what}, by {label}, the 15 worst.",
                {f"{{{{{label}}}}}": f"bottomk(15, {share_with(field, label)})"}, "percentunit")
          for label in ("source", "language")
          for field, what in (("title", "a title"), ("published_at", "a date"), ("authors", "authors"))),
        *(Panel(f"Length, by {label}", f"Median words of an article, by {label}, the 15 shortest.",
                {f"{{{{{label}}}}}": f"bottomk(15, {quantile(0.5, 'copydesk_article_words', label)})"}, "short",
                width=12)
          for label in ("source", "language")),
        Panel("Kinds of page", "What pages turned out to be.",
              {"{{kind}}": rate("copydesk_article_kinds_total", "kind")}, "mps", width=12),
        Panel("Pages refused, by source", "Pages that are no articles, by source, the 15 with most.",
              {"{{source}}": f"topk(15, {rate('copydesk_pages_refused_total', 'source')} > 0)"}, "mps", width=12),
        Panel("Pages refused, by kind", "What pages turned out to be that are no articles.",
              {"{{kind}}": rate("copydesk_pages_refused_total", "kind")}, "mps", width=12),
        Panel("Dated in the future", "Articles whose time of publication lies after their fetch, by source.",
              {"{{source}}": f"topk(15, {rate('copydesk_articles_dated_ahead_total', 'source')})"}, "mps", width=12),
    ),
)  # fmt: skip

KAFKA = Dashboard(
    "copydesk-kafka",
    "Kafka",
    "Lag by partition, who reads what, rebalances.",
    (
        Panel("Lag", "Messages waiting, by partition.",
              {"{{topic}}/{{partition}}": total("copydesk_lag_messages", "topic, partition", how="max")}, "short",
              width=12),
        Panel("Lag (time)", "How long the oldest message in work has been on its topic, by partition.",
              {"{{topic}}/{{partition}}": total("copydesk_lag_seconds", "topic, partition", how="max")}, "s", width=12),
        Panel("Worked, by partition", "Messages committed: a partition that is far ahead of its like has a hot key.",
              {"{{topic}}/{{partition}}": "max by (topic, partition)"
               ' (deriv(copydesk_committed_offset{instance=~"$instance"}[$__rate_interval]))'}, "mps", width=12),
        Panel("Assigned partitions", "Partitions read, by topic and worker: together, all that the topic has.",
              {"{{topic}} {{instance}}": total("copydesk_assigned_partitions", "topic, instance")}, "short",
              width=12),
        Panel("Rebalances per hour", "Times the partitions were shared out anew.",
              {"{{instance}}": 'sum by (instance) (increase(copydesk_rebalances_total{instance=~"$instance"}[1h]))'},
              "short"),
        Panel("Workers", "That Prometheus reaches.", {"up": 'sum(up{job="copydesk"})'}, "short", "stat", 4),
        Panel("Version", "Of each worker, its language model and lane.",
              {"": 'copydesk_build_info{instance=~"$instance"}'}, "short", "table", 12),
    ),
)  # fmt: skip

ALL = (OVERVIEW, STAGES, DEDUPLICATION, QUALITY, KAFKA)


def texts() -> dict[str, str]:
    """File name to contents."""
    return {f"{page.uid}.json": json.dumps(page.json(ALL), indent=1, ensure_ascii=False) + "\n" for page in ALL}


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
