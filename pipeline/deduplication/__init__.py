"""Deduplication: sketch every article in parallel, decide on it in the order of the log.

``sketch(article)`` is pure and costs the most; ``Shard.decide(origin, sketch)`` is cheap and ordered;
``settle(article, decision)`` writes the outcome on the article; ``compare(one, other)`` says why two are copies or not.
"""

from copydesk.pipeline.deduplication.comparison import Comparison, compare
from copydesk.pipeline.deduplication.decision import Decided, Decision, NothingToWithdraw, of_archive, settle
from copydesk.pipeline.deduplication.partition import shard_of
from copydesk.pipeline.deduplication.round import decide_among
from copydesk.pipeline.deduplication.shard import Shard
from copydesk.pipeline.deduplication.sketch import Sketch, sketch

__all__ = [
    "Comparison",
    "Decided",
    "Decision",
    "NothingToWithdraw",
    "Shard",
    "Sketch",
    "compare",
    "decide_among",
    "of_archive",
    "settle",
    "shard_of",
    "sketch",
]
