from __future__ import annotations

from copydesk.pipeline.deduplication import Shard, settle, sketch

from .newsroom import article, story


def test_settled_article_carries_the_decision_and_nothing_else_changes() -> None:
    shard, text = Shard(), story(1)
    shard.decide("1", sketch(article("a", text)))
    copy = article("b", text)
    decision = shard.decide("2", sketch(copy)).decision
    settled = settle(copy, decision)
    assert (settled.lifecycle, settled.version, settled.duplicate) == ("new", 1, decision.duplicate)
    assert settled.provenance.stages["dedupe"]
    unsettled = {"lifecycle": None, "duplicate": None, "provenance": copy.provenance}
    assert settled.model_copy(update=unsettled) == copy
