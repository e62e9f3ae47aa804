"""The lanes, and the agents that work each."""

from __future__ import annotations

from copydesk.agents import annotate, dedupe, extract
from copydesk.agents.settings import Settings
from copydesk.agents.worker import Lane, Worker


def run(settings: Settings, lane: Lane = "live") -> None:
    """Work a lane until told to stop; ends the process, see ``Worker.run``.

    The live lane runs every stage. The backfill lane is a consumer group of its own that extracts archives, and
    annotates what of them is new, at the lowest priority. In between the live lane decides: a shard has one owner.
    """
    worker, topics = Worker(settings, lane), settings.topics
    if lane == "live":
        extract.attach(worker, topics.raw)
        dedupe.attach(worker)
        annotate.attach(worker, topics.deduplicated)
    else:
        extract.attach(worker, topics.raw_backfill)
        annotate.attach(worker, topics.deduplicated_backfill)
    worker.run()
