"""How good is annotation, and how fast? Scored by ../shared/score; says "skipped" without it.

``python benchmarks/annotate.py`` prints JSON, then a sentence.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.annotation import Annotator, load
from schemas import Article, Language, Provenance

SHARED = Path(__file__).parents[2] / "shared"
SETS = {
    "entities worldwide": ("entities.py", "ner/dev.worldwide.jsonl.gz"),
    "places lgl": ("places.py", "geo/dev.lgl.jsonl.gz"),
    "places trnews": ("places.py", "geo/dev.trnews.jsonl.gz"),
    "places geovirus": ("places.py", "geo/dev.geovirus.jsonl.gz"),
    "places gwn": ("places.py", "geo/dev.gwn.jsonl.gz"),
    "quotes polnear": ("quotes.py", "quotes/dev.polnear.jsonl.gz"),
}


def main() -> None:
    """Annotate each set, score it, time it."""
    if not SHARED.exists():
        print("skipped: no ../shared")
        return
    annotator = load()
    result: dict[str, Any] = {"model": annotator.model}
    texts: list[str] = []
    began = time.process_time()
    for name, (scorer, data) in SETS.items():
        rows = list(read(SHARED / "data" / data))
        texts += [row["text"] for row in rows]
        result[name] = score(annotator, rows, SHARED / "score" / scorer, SHARED / "data" / data)
    seconds = time.process_time() - began
    result["articles_per_second_per_core"] = round(len(texts) / seconds, 1)
    result["words_per_article"] = round(sum(len(text.split()) for text in texts) / len(texts))
    print(json.dumps(result, indent=1))
    print(
        f"Entities F1 {result['entities worldwide']['all']['f1']:.3f}, "
        f"quotes' speakers right {result['quotes polnear']['speaker_right']:.3f}, "
        f"{result['articles_per_second_per_core']} articles of {result['words_per_article']} words a second a core."
    )


def score(annotator: Annotator, rows: list[dict[str, Any]], scorer: Path, gold: Path) -> Any:
    """What the scorer says of the annotations of ``rows``."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as predictions:
        for row in rows:
            made = annotator.annotate(article(row["text"]))
            predictions.write(made.model_dump_json(include={"entities", "places", "quotes"}) + "\n")
        predictions.flush()
        command = [sys.executable, str(scorer), str(gold), predictions.name, "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def article(text: str) -> Article:
    """An English article of ``text``."""
    return Article(
        id="1",
        language=Language(code="en", confidence=1.0),
        text=text,
        word_count=0,
        provenance=Provenance(pipeline="bench", stages={}),
    )


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gold file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
