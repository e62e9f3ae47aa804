"""Deduplication: how many copies it finds, how fast, in how much memory, beside the usual libraries in the same run.

    python -m benchmarks.stages.dedupe                  quality and speed on the gold stream, peers, growth to a million
    python -m benchmarks.stages.dedupe --grow 100000    growth to 100,000 (0: none)
    python -m benchmarks.stages.dedupe --picture FILE   the growth curve, as docs/dedupe-growth.svg has it

Prints JSON, then a sentence. Speeds are CPU time of one core. A million takes some minutes and 1.6 GB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(SHARED / "score")]

from benchmarks.stages.dedupe_growth import drawn, grow  # noqa: E402
from copydesk.pipeline.deduplication import Decided, Shard, Sketch, decide_among, sketch  # noqa: E402
from copydesk.pipeline.deduplication.route import ALONE, Visit  # noqa: E402
from copydesk.schemas import Article, Language, Provenance, Source  # noqa: E402

Rows = list[dict[str, Any]]

SPLITS = (2, 4, 8)  # shards a language


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, default=SHARED / "data/dedup/dev.jsonl.gz")
    options.add_argument("--grow", type=int, default=1_000_000, help="articles in the growth curve, 0 for none")
    options.add_argument("--picture", type=Path, help="where the growth curve is drawn")
    options.add_argument("--no-peers", action="store_true")
    chosen = options.parse_args()
    report: dict[str, Any] = {"growth": grow(chosen.grow)} if chosen.grow else {}
    if chosen.grow and chosen.picture:
        chosen.picture.write_text(drawn(report["growth"]["points"]), encoding="utf-8")
    if chosen.gold.exists():
        with gzip.open(chosen.gold, "rt", encoding="utf-8") as file:
            rows: Rows = [json.loads(line) for line in file]
        report["copydesk"] = ours(rows)
        if not chosen.no_peers:
            report["peers"] = {name: peer(rows, find) for name, find in PEERS.items()}
    print(json.dumps(report, indent=1))
    if "copydesk" in report:
        print(sentence(report))
    else:
        print("skipped: no ../shared")


def sentence(report: dict[str, Any]) -> str:
    mine = report["copydesk"]
    figures = mine["score"]["all"]
    others = "; ".join(
        f"{name} F1 {peer['score']['all']['f1']}, {peer['per_second']:,}/s"
        for name, peer in report.get("peers", {}).items()
        if "score" in peer
    )
    ratio = ""
    if "score" in (slow := report.get("peers", {}).get("datasketch", {})):
        ratio = f" ({mine['per_second'] / slow['per_second']:.1f} x datasketch)"
    return (
        f"F1 {figures['f1']} (precision {figures['precision']}, recall {figures['recall']}) at {mine['per_second']:,} "
        f"articles a second a core{ratio}, {mine['bytes_durable']} bytes an article kept. {others}"
    )


def ours(rows: Rows) -> dict[str, Any]:
    articles = [as_article(row) for row in rows]
    start = time.process_time()
    sketches = [sketch(article) for article in articles]
    sketched = time.process_time()
    shards: defaultdict[str, Shard] = defaultdict(Shard)
    decided = [
        shards[row["language"]].decide(str(number), made)
        for number, (row, made) in enumerate(zip(rows, sketches, strict=True))
    ]
    end = time.process_time()
    clusters = {row["id"]: one.decision.duplicate.cluster_id for row, one in zip(rows, decided, strict=True)}
    written = [len(key) + len(value or b"") for one in decided for key, value in one.writes]
    return {
        "split": {shards: split(rows, sketches, shards) for shards in SPLITS},
        "per_second": round(len(rows) / (end - start)),
        "sketch_per_second": round(len(rows) / (sketched - start)),
        "decide_per_second": round(len(rows) / (end - sketched)),
        "bytes_durable": round(sum(written) / len(rows)),
        "score": scored(rows, clusters),
    }


class Asked(Shard):
    """A shard that counts how often it was asked, and how often for what is like a text."""

    asked = compared = 0

    def decide(self, origin: str, sketch: Sketch, visit: Visit = ALONE) -> Decided:
        """Decide, and count."""
        self.asked += 1
        self.compared += visit.by_text
        return super().decide(origin, sketch, visit)


def split(rows: Rows, sketches: list[Sketch], number: int) -> dict[str, Any]:
    """What several shards a language find, and of the articles the share that the busiest compares, and holds."""
    languages: defaultdict[str, list[Asked]] = defaultdict(lambda: [Asked() for _ in range(number)])
    clusters = {
        row["id"]: decide_among(str(place), made, "en", languages[row["language"]], number).duplicate.cluster_id
        for place, (row, made) in enumerate(zip(rows, sketches, strict=True))
    }
    most = max(languages.values(), key=lambda shards: sum(map(len, shards)))
    articles = max(Counter(row["language"] for row in rows).values())
    asked = sum(shard.asked for shards in languages.values() for shard in shards)
    return {
        "asked": round(asked / len(rows), 2),
        "busiest_compares": round(max(shard.compared for shard in most) / articles, 2),
        "bytes_durable": round(sum(shard.size for shards in languages.values() for shard in shards) / len(rows)),
        "score": {key: scored(rows, clusters)[key] for key in ("all", "real", "falsely_joined")},
    }


def as_article(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["published_at"])
    return Article(
        id=row["id"],
        source=Source(domain=row["source"]),
        title=row["title"],
        text=row["text"],
        language=Language(code=row["language"], confidence=1.0),
        published_at=published,
        fetched_at=published,
        word_count=0,
        provenance=Provenance(pipeline="bench", stages={}),
    )


def scored(rows: Rows, clusters: dict[str, str]) -> dict[str, Any]:
    import deduplication as scorer  # noqa: PLC0415  of ../shared

    result: dict[str, Any] = scorer.score(rows, {id: {"cluster_id": cluster} for id, cluster in clusters.items()})
    return result


# --- peers: the same stream, the same rule: join the cluster of the best earlier match -------------------------------


def peer(rows: Rows, find: Callable[[Rows], Iterator[str | None]]) -> dict[str, Any]:
    start = time.process_time()
    clusters: dict[str, str] = {}
    try:
        for row, match in zip(rows, find(rows), strict=True):
            clusters[row["id"]] = clusters[match] if match else row["id"]
    except ImportError as missing:
        return {"skipped": f"{missing.name} is not installed"}
    return {"per_second": round(len(rows) / (time.process_time() - start)), "score": scored(rows, clusters)}


def word_shingles(text: str) -> set[str]:
    words = text.casefold().split()
    return {" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2))}


def by_datasketch(rows: Rows) -> Iterator[str | None]:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    index, made = MinHashLSH(threshold=0.5, num_perm=128), {}
    for row in rows:
        minhash = MinHash(num_perm=128)
        minhash.update_batch([shingle.encode() for shingle in word_shingles(row["text"])])
        found = index.query(minhash)
        best = max(found, key=lambda id: made[id].jaccard(minhash), default=None)
        yield best if best and made[best].jaccard(minhash) >= 0.5 else None
        index.insert(row["id"], minhash)
        made[row["id"]] = minhash


def by_rensa(rows: Rows) -> Iterator[str | None]:
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    index, made = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), []
    for number, row in enumerate(rows):
        minhash = RMinHash(num_perm=128, seed=42)
        minhash.update(list(word_shingles(row["text"])))
        best = max(index.query(minhash), key=lambda n: made[n].jaccard(minhash), default=None)
        yield None if best is None or made[best].jaccard(minhash) < 0.5 else rows[best]["id"]
        index.insert(number, minhash)
        made.append(minhash)


def by_simhash(rows: Rows) -> Iterator[str | None]:
    """64 bits of word 3-grams; the nearest earlier one within 3 bits."""
    import xxhash  # noqa: PLC0415

    made = np.zeros(len(rows), np.uint64)
    for number, row in enumerate(rows):
        hashes = np.array([xxhash.xxh3_64_intdigest(s.encode()) for s in word_shingles(row["text"])], np.uint64)
        bits = np.unpackbits(hashes.view(np.uint8).reshape(-1, 8), axis=1)
        made[number] = np.packbits(bits.mean(axis=0) > 0.5).view(np.uint64)[0]
        far = np.bitwise_count(made[:number] ^ made[number])
        near = int(far.argmin()) if number else -1
        yield rows[near]["id"] if number and far[near] <= 3 else None


PEERS = {"datasketch": by_datasketch, "rensa": by_rensa, "simhash": by_simhash}


if __name__ == "__main__":
    main()
