"""How good is annotation, and how fast, beside its peers? Scored by ../shared/score; says "skipped" without it.

``python -m benchmarks.stages.annotate`` prints JSON, then a sentence.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.stages.entities import beside_peers
from copydesk.pipeline.annotation import Annotator, load
from copydesk.pipeline.annotation.places.home import homes
from copydesk.pipeline.annotation.places.namesakes import namesakes
from copydesk.pipeline.annotation.places.places import locate
from copydesk.pipeline.language import identify
from copydesk.schemas import Article, Entity, Language, Place, Provenance, Source

SHARED = Path(__file__).parents[3] / "shared"
PLACES = ("lgl", "trnews", "geovirus", "gwn")
WORDS = 640  # of an article whose speed is measured: 760 tokens
SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n")
EN_CORE_WEB_SM = 0.676  # F1 of 2.2.5 on the unseen part of the same set; needs spaCy 2, so that it is not run here

Row = dict[str, Any]


def main() -> None:
    """Score and time all that annotation does."""
    if not SHARED.exists():
        print("skipped: no ../shared")
        return
    annotator = load()
    result: dict[str, Any] = {
        "model": annotator.model,
        "entities": entities(annotator),
        "entities beside peers": beside_peers(),
        "places": places(annotator),
        "quotes": quotes(annotator),
        "language": language(),
        "speed": speed(annotator),
        "gazetteer": json.loads(output(sys.executable, "-m", "benchmarks.stages.gazetteer")),
    }
    print(json.dumps(result, indent=1))
    located = result["places"]["all"]
    print(
        f"Entities F1 {result['entities']['all']['f1']:.3f} (en_core_web_sm {EN_CORE_WEB_SM}); places located "
        f"{located['mentions given']:.3f} of the mentions given (largest namesake {located['largest namesake']:.3f}), "
        f"{located['end to end']:.3f} end to end; quotes' speakers right {result['quotes']['speaker_right']:.3f}; "
        f"{result['speed']['articles_per_second']} articles of {WORDS} words a second a core."
    )


def entities(annotator: Annotator) -> Any:
    """Names in worldwide newswire."""
    return scored("entities", "ner/dev.worldwide", lambda row: annotator.annotate(article(row)))


def quotes(annotator: Annotator) -> Any:
    """Direct quotes and their speakers."""
    return scored("quotes", "quotes/dev.polnear", lambda row: annotator.annotate(article(row)))


def places(annotator: Annotator) -> dict[str, dict[str, float]]:
    """The share of all gold places that is located within 161 km, by set and over all.

    With the mentions given, by us and by taking the largest namesake of our gazetteer, and end to end.
    """
    ways: dict[str, Callable[[Row], Any]] = {
        "largest namesake": lambda row: located(row, [largest(one) for one in given(row)]),
        "mentions given": lambda row: located(
            row, locate(row["text"], given(row), None, homes(article(row).source, None))
        ),
        "end to end": lambda row: annotator.annotate(article(row)),
    }
    found: dict[str, dict[str, float]] = {}
    every: dict[str, list[tuple[int, float]]] = {way: [] for way in ways}
    for name in PLACES:
        found[name] = {}
        for way, annotate in ways.items():
            scores = scored("places", f"geo/dev.{name}", annotate)
            found[name][way] = scores["accuracy_161km"]
            every[way].append((scores["gold_located"], scores["accuracy_161km"]))
        found[name]["of what is named, gold"] = scores["recognition_precision"]
    found["all"] = {
        way: round(sum(count * share for count, share in parts) / sum(count for count, _ in parts), 4)
        for way, parts in every.items()
    }
    return found


def given(row: Row) -> list[Entity]:
    """The gold mentions of places."""
    text = row["text"]
    spans = [(one["start"], one["end"]) for one in row["toponyms"]]
    return [Entity(text=text[start:end], label="GPE", start=start, end=end) for start, end in spans]


def largest(mention: Entity) -> Place | None:
    """What a list of cities by size says."""
    found = max(namesakes(mention.text), key=lambda entry: entry.population, default=None)
    if found is None:
        return None
    at = {"latitude": found.latitude, "longitude": found.longitude}
    return Place(name=mention.text, start=mention.start, end=mention.end, **at, score=1.0)


def located(row: Row, found: Sequence[Place | None]) -> Article:
    """The article of a row with those places."""
    return article(row).model_copy(update={"places": tuple(filter(None, found))})


def language() -> dict[str, float]:
    """The share of articles, and of second sentences, whose language is told."""
    rows = list(read(SHARED / "data" / "dedup" / "dev.jsonl.gz"))[::5]
    parts = ((row["language"], SENTENCE.split(row["text"])[1:2]) for row in rows)
    sentences = [(code, one) for code, [one, *_] in filter(lambda part: part[1], parts) if len(one) > 40]
    whole = [(row["language"], row["text"]) for row in rows]
    return {
        name: round(sum(identify(text).code == code for code, text in texts) / len(texts), 4)
        for name, texts in (("articles", whole), ("sentences", sentences))
    }


def speed(annotator: Annotator) -> dict[str, float]:
    """Articles of 640 words a second of processor time, one at a time."""
    words = [word for name in PLACES for row in read(gold(f"geo/dev.{name}")) for word in row["text"].split(" ")]
    texts = [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]
    seconds = []
    for text in texts:
        began = time.process_time()
        annotator.annotate(article({"text": text}))
        seconds.append(time.process_time() - began)
    p99 = sorted(seconds)[int(0.99 * len(seconds))]
    return {"articles_per_second": round(len(texts) / sum(seconds), 1), "p99_ms": round(1000 * p99, 1)}


def scored(scorer: str, data: str, annotate: Callable[[Row], Article]) -> Any:
    """What the scorer says of the annotations of a set."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as predictions:
        for made in map(annotate, read(gold(data))):
            predictions.write(made.model_dump_json(include={"entities", "places", "quotes"}) + "\n")
        predictions.flush()
        script = str(SHARED / "score" / f"{scorer}.py")
        return json.loads(output(sys.executable, script, str(gold(data)), predictions.name, "--json"))


def output(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def article(row: Row) -> Article:
    """The English article of a row."""
    return Article(
        id="1",
        language=Language(code="en", confidence=1.0),
        source=Source(domain=row.get("domain")),
        text=row["text"],
        word_count=0,
        provenance=Provenance(pipeline="bench", stages={}),
    )


def gold(data: str) -> Path:
    """A gold file."""
    return SHARED / "data" / f"{data}.jsonl.gz"


def read(path: Path) -> Iterator[Row]:
    """The rows of a gold file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
