"""How many articles a second each store takes, in batches of 500; those that are not installed are left out.

usage: python -m benchmarks.edges.sinks
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from pathlib import Path

from copydesk.sinks import Event, opened
from ops.opensearch import server

ARTICLES = 5_000
BATCH = 500
SENTENCE = "Snow closed the pass above Valdrey on Friday for the {}th time in six winters, the canton said. "


def article(number: int) -> Event:
    """An enriched article of 6 KB."""
    text = "".join(SENTENCE.format(number + n) for n in range(40))
    name = {"text": "Valdrey", "label": "GPE", "start": 28, "end": 35}
    place = {
        "name": "Valdrey",
        "start": 28,
        "end": 35,
        "latitude": 46.2,
        "longitude": 7.3,
        "country": "CH",
        "score": 1.0,
    }
    return {
        "id": str(number), "version": 1, "title": f"Snow {number}", "text": text, "word_count": 700,
        "published_at": "2026-01-09T17:00:00Z", "language": {"code": "en", "confidence": 1.0},
        "authors": ["Jonas Brandt"], "source": {"domain": "gazette.example"},
        "entities": [name] * 12, "places": [place] * 6,
        "duplicate": {"kind": "none", "cluster_id": str(number)},
    }  # fmt: skip


def page(number: int) -> Event:
    """A raw page of 34 KB."""
    text = "<p>".join(SENTENCE.format(f"{number}.{n}") for n in range(340))
    fetched = {"fetched_at": "2026-01-09T19:00:00Z", "content_type": "text/html"}
    return {"url": f"https://gazette.example/{number}", "content": text, **fetched}


def rate(kind: str, target: str, events: list[Event]) -> float:
    with contextlib.closing(opened(kind, target)) as into:
        began = time.perf_counter()
        for start in range(0, len(events), BATCH):
            into.write(events[start : start + BATCH])
        return len(events) / (time.perf_counter() - began)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    articles = [article(number) for number in range(ARTICLES)]
    found = {kind: rate(kind, str(folder / kind), articles) for kind in ("parquet", "duckdb")}
    found["warc, pages"] = rate("warc", str(folder / "warc"), [page(number) for number in range(ARTICLES)])
    if server.missing() is None:
        with server.opensearch(folder) as address:
            found["opensearch"] = rate("opensearch", f"{address}/news", articles)
    print(json.dumps({name: round(value) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
