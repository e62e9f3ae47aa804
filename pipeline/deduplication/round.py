"""An article's whole round among the shards, for whoever has them all: no broker carries it from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.pipeline.deduplication.decision import Decision
from copydesk.pipeline.deduplication.route import door, visit
from copydesk.pipeline.deduplication.shard import Shard
from copydesk.pipeline.deduplication.sketch import Sketch


def decide_among(
    origin: str, sketch: Sketch, language: str, shards: Sequence[Shard], per_language: int = 1
) -> Decision:
    """The decision of the shard where the round ends; ``unknown`` of a page that is gone and that none knows.

    Args:
        shards: by partition.
        per_language: ``shards_per_language`` of the settings.
    """
    partition, came = door(language, sketch.id, len(shards), per_language, gone=sketch.gone), 0
    while True:
        here = visit(sketch, language, partition, came, partitions=len(shards), shards=per_language)
        decision = shards[partition].decide(origin, sketch, here).decision
        if decision.onward is not None:
            partition, came = decision.onward, here.then(decision.onward)
        elif decision.lifecycle == "unknown" and partition + 1 < len(shards):
            partition += 1
        else:
            return decision
