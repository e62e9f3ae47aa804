"""The table: what goes wrong, how often, and on what."""

from __future__ import annotations

from ops.chaos import pages
from ops.chaos.faults import brokers, disk, hangs, network, pool, state, topics, workers
from ops.chaos.hang import WAYS
from ops.chaos.scene import Row, Set

QUICK = (
    workers.kill, pool.kill, workers.kill, pool.exhaust_memory, workers.kill, workers.join_and_leave, network.blink,
    pool.slow_page, brokers.kill_the_only, hangs.hang,
)  # fmt: skip
"""What a quick run does, one after another on the same Kafka, workers and load."""

ROWS = (
    Row("quick", "a little of all this, one after another", len(QUICK), (0.5, 2.0),
        lambda scene, number: QUICK[number](scene, number),
        Set(proxied=True, message=pages.with_poison,
            environment={"COPYDESK_PAGE_SECONDS": "1"})),
    Row("kill", "worker killed, at work in each stage in turn", 100, (0.0, 0.5), workers.kill, Set(workers=3)),
    Row("join", "worker joins, and leaves", 50, (0.2, 1.0), workers.join_and_leave),
    Row("stall", "worker stands still for 5 to 15 s", 2, (4.0, 8.0), workers.stall),
    Row("pool", "pool process killed", 25, (0.3, 1.5), pool.kill, after=pool.count_deaths),
    Row("memory", "pool process out of memory", 15, (1.0, 3.0), pool.exhaust_memory, after=pool.count_deaths),
    Row("time", "page takes longer than it may", 10, (1.0, 3.0), pool.slow_page,
        Set(environment={"COPYDESK_PAGE_SECONDS": "0.5"}), pool.count_deaths),
    Row("broker", "the one broker killed, and back", 8, (4.0, 8.0), brokers.kill_the_only),
    Row("brokers", "one broker of three killed, and back", 6, (4.0, 8.0), brokers.kill_one, Set(brokers=3)),
    Row("leader", "the leader of the dedupe shard killed, of three", 6, (4.0, 8.0), brokers.kill_leader_of_shard,
        Set(brokers=3)),
    Row("network", "connections stalled or cut, 1 to 60 s", 20, (1.0, 3.0), network.break_connection,
        Set(proxied=True)),
    Row("poison", "poison, one message in ten", 1_000, (0, 0), topics.tenth_is_poison,
        Set(message=pages.with_poison, busy=3.3)),
    Row("unread", "nobody reads the enriched articles for a minute", 1, (5.0, 5.0), topics.nobody_reads),
    Row("retention", "workers away for longer than raw pages are kept", 1, (10.0, 10.0), topics.expire,
        Set(broker_settings={"log.retention.check.interval.ms": "500", "log.initial.task.delay.ms": "500"}),
        topics.count_expired),
    Row("large", "articles larger than their topic takes", 1, (5.0, 5.0), topics.refuse_large,
        Set(message=pages.with_large)),
    Row("disk", "workers' disk full", 1, (5.0, 5.0), disk.fill, disk.WORKERS_ON_SMALL_DISK),
    Row("broker-disk", "broker's disk full, and room again", 1, (5.0, 5.0), disk.fill_brokers,
        disk.BROKER_ON_SMALL_DISK),
    Row("directory", "temporary directory deleted", 1, (5.0, 5.0), disk.delete_directory),
    Row("state", "state longer than what may be remembered", 1, (0, 0), state.longer_than_memory,
        Set(workers=0, environment={"COPYDESK_WINDOW_ARTICLES": str(state.REMEMBERED)})),
    Row("hang", "worker hangs, in each known way", len(WAYS), (1.0, 1.0), hangs.hang),
)  # fmt: skip
