"""Writes the scores into the card of the tagger that ships, ``pipeline/annotation/entities/entities.md``.

``python -m training.annotation.model_card``; ``training/annotation/entities.py`` does it after training.
"""

from __future__ import annotations

from typing import Any

from benchmarks.stages.entities import measure, read_texts
from copydesk.pipeline.annotation.entities.model import load_pipelines, rules_and_model
from copydesk.pipeline.wanted_models import SHIPPED
from training.manifest import ROOT

CARD = ROOT / "pipeline" / "annotation" / "entities" / "entities.md"


def main() -> None:
    """Score what ships, and write the card."""
    head = CARD.read_text(encoding="utf-8").partition("\n## Scores\n")[0]
    alone, whole = (measure(nlp, read_texts()) for nlp in (rules_and_model(), load_pipelines(SHIPPED)["en"].nlp))
    CARD.write_text(f"{head}\n## Scores\n\n{scores(alone, whole)}", encoding="utf-8")


def scores(alone: dict[str, Any], whole: dict[str, Any]) -> str:
    """F1 by label and region, as a table."""
    rows = [f"| {name} | {alone[name]:.3f} | {whole[name]:.3f} |" for name in whole if name != "tokens_per_second"]
    head = (
        "F1 on 295 articles of 2022, hand-annotated, from outlets of five regions, none of them trained on: exact\n"
        "span and label, an article (the), a possessive and edge punctuation aside, GPE counted as LOC.\n\n"
        "| | the model | with the rules over the document |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
