"""Whether anything has become slower: each stage beside a peer in the same run, by processor time.

usage: python -m benchmarks.quick [--keep]

Over the pages of the sample crawl, so that it needs neither data nor a broker. Both are given the same, one after the
other, and the best of several rounds counts. Exits 1 where a ratio has fallen by more than a third from the one in
quick.json; --keep writes that file.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from math import inf
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # threads that wait for each other take time, too

import trafilatura
from datasketch import MinHashLSH

from benchmarks.rivals import by_hand
from copydesk.demo import sample
from copydesk.pipeline import annotation
from copydesk.pipeline.deduplication import Shard, sketch
from copydesk.pipeline.extraction import extract
from copydesk.schemas import Article, ContractError, RawArticle, RawReference, decode

KEPT = Path(__file__).with_name("quick.json")
LEAST = 2 / 3  # of what is kept
ROUNDS = 7
RAW = RawReference(topic="sample", partition=0, offset=0)


def pages() -> list[RawArticle]:
    """The HTML pages of the sample crawl."""
    found = []
    for message in sample.messages():
        try:
            raw = decode(RawArticle, message.value)
        except ContractError:
            continue  # the crawl has some
        if raw.content and raw.content_type == "text/html":
            found.append(raw)
    return found


def duels(raws: list[RawArticle]) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """What is compared: ours, and the peer."""
    articles = [extract(raw, RAW) for raw in raws]
    english = [article for article in articles if article.language.code == "en"]
    annotator, network = annotation.load(), by_hand.pipeline()
    return {
        "extract / trafilatura": (
            lambda: [extract(raw, RAW) for raw in raws],
            lambda: [trafilatura.bare_extraction(raw.content, url=raw.url, with_metadata=True) for raw in raws],
        ),
        "deduplicate / datasketch": (lambda: decided(articles), lambda: compared(articles)),
        "annotate / spaCy's network": (
            lambda: [annotator.annotate(article) for article in english],
            lambda: [network(article.text) for article in english],
        ),
    }


def decided(articles: list[Article]) -> None:
    """Each article through a shard."""
    shard = Shard()
    for number, article in enumerate(articles):
        shard.decide(f"sample/0/{number}", sketch(article))


def compared(articles: list[Article]) -> None:
    """Each article looked for among those before it."""
    near = MinHashLSH(threshold=0.5, num_perm=128)
    for number, article in enumerate(articles):
        minhash = by_hand.minhash(article.text)
        near.query(minhash)
        near.insert(str(number), minhash)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of ``work``."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    """Measure, compare, print JSON, then a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true")
    keep = parser.parse_args().keep
    matched = duels(pages())
    best = dict.fromkeys(matched, (inf, inf))
    for _ in range(ROUNDS):
        for name, (ours, peer) in matched.items():
            best[name] = min(best[name][0], seconds(ours)), min(best[name][1], seconds(peer))
    ratios = {name: round(peer / ours, 2) for name, (ours, peer) in best.items()}
    if keep:
        KEPT.write_text(json.dumps(ratios, indent=1) + "\n")
    kept = json.loads(KEPT.read_text())
    print(json.dumps({"times_as_fast": ratios, "kept": kept}, indent=1))
    slower = [name for name, ratio in ratios.items() if ratio < LEAST * kept[name]]
    print(f"Slower by more than a third: {', '.join(slower)}." if slower else "Nothing is slower by more than a third.")
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
