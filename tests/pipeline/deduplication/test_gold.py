"""The bars of quality on the first part of the development stream; the whole is benchmarks/stages/dedupe.py."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path
from runpy import run_path

import pytest

from copydesk.pipeline.deduplication import Shard, sketch
from copydesk.schemas import Article

SHARED = Path(__file__).resolve().parents[4] / "shared"
GOLD = SHARED / "data/dedup/dev.jsonl.gz"


@pytest.mark.skipif(not GOLD.exists(), reason="skipped: no ../shared")
def test_copies_in_the_development_stream_are_found() -> None:
    score = run_path(str(SHARED / "score/deduplication.py"))["score"]
    with gzip.open(GOLD, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for _, line in zip(range(3000), file, strict=False)]
    shards: defaultdict[str, Shard] = defaultdict(Shard)
    found = {}
    for row in rows:
        fields = {
            "id": row["id"], "title": row["title"], "text": row["text"], "source": {"domain": row["source"]},
            "language": {"code": row["language"], "confidence": 1}, "fetched_at": row["published_at"],
            "word_count": 0, "provenance": {"pipeline": "test", "stages": {}},
        }  # fmt: skip
        decision = shards[row["language"]].decide(row["id"], sketch(Article.model_validate(fields))).decision
        found[row["id"]] = {"cluster_id": decision.duplicate.cluster_id}
    figures = score(rows, found)
    assert figures["all"]["precision"] >= 0.995
    assert figures["all"]["f1"] >= 0.99
    assert figures["falsely_joined"]["template"] <= 0.01
    assert figures["falsely_joined"]["ordinary"] <= 0.002
