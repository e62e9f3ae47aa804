"""Trains ``pipeline/extraction/html/blocks.npz``, the classifier of text blocks, on gold pages.

usage: python -m training.extraction.html_blocks GOLD_DIRECTORY [--folds N] [--ablate]

GOLD_DIRECTORY holds {pages,news80,wcxb,meta,segments}.dev.jsonl.gz and more.train.jsonl.xz, of which those pages train
whose licence lets them (docs/extraction.md names the sources). With --folds it trains nothing but prints body scores of
N-fold cross-validation by registrable domain, so that no site is both trained on and scored; with --ablate, what they
are without each witness. Needs catboost.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier

from copydesk.pipeline.extraction.html.body import THRESHOLD
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.explain import groups
from copydesk.pipeline.extraction.html.features.features import features, names
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.witnesses import witnesses
from training.extraction import gold
from training.extraction.ablation import ablate, without
from training.extraction.block_labels import labels, snippet_label
from training.extraction.body_score import precision_and_recall
from training.manifest import record

OUTPUT = Path("pipeline/extraction/html/blocks.npz")
# News counts most; guides and blogs have other customs; snippets label few blocks but of many sites.
WEIGHTS = {"pages": 1.0, "news80": 1.0, "wcxb": 0.3, "meta": 0.5, "segments": 0.5, "more": 0.3}
TREES = {
    "iterations": 300,
    "depth": 6,
    "learning_rate": 0.08,
    "l2_leaf_reg": 6,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "border_count": 64,
    "loss_function": "CrossEntropy",
    "random_seed": 1,
    "allow_writing_files": False,
    "verbose": False,
}


@dataclass
class GoldPage:
    """A page's block features with the share of each block that is body (-1: unknown) and its weight."""

    domain: str
    texts: list[str]
    rows: np.ndarray
    share: np.ndarray
    weight: np.ndarray
    gold_text: str | None
    dataset: str
    trains: bool


def read_gold(directory: Path) -> Iterator[GoldPage]:
    """Every gold page with a body or snippets."""
    for name, weight in WEIGHTS.items():
        for page in gold.gold_rows(directory, name):
            if page["gold"].get("text") or page["gold"].get("must_have"):
                gold_page = _gold_page(page, name, weight)
                if gold_page.texts:  # drawn by scripts alone otherwise
                    yield gold_page


def _gold_page(page: dict[str, Any], dataset: str, weight: float) -> GoldPage:
    markup = read_markup(page["html"])
    texts = [block.text for block in markup.blocks]
    rows = features(markup, witnesses(markup, json_ld.nodes(markup.json_ld))) if texts else np.empty((0, 0))
    told = page["gold"]
    if told.get("text"):
        share = np.array(labels(texts, told["text"]), dtype=np.float32)
    else:
        share = np.array([snippet_label(text, told) for text in texts], dtype=np.float32)
    lengths = np.array([len(text) for text in texts])
    worth = np.where(share < 0, 0.0, np.sqrt(np.minimum(lengths, 1500) / 50) + 0.15)
    if told.get("text"):
        worth *= 20 / (worth.sum() or 1)  # every page weighs the same
    return GoldPage(
        gold.site_of(page), texts, rows, share, worth * weight, told.get("text"), dataset, gold.may_train(page)
    )


def fit(pages: Sequence[GoldPage], unseen: Sequence[int] = ()) -> CatBoostClassifier:
    """The classifier for those of ``pages`` that may train, to which the columns ``unseen`` tell nothing."""
    training = [page for page in pages if page.trains]
    rows, share, weight = (
        np.concatenate([getattr(page, part) for page in training]) for part in ("rows", "share", "weight")
    )
    known = weight > 0
    return CatBoostClassifier(**TREES).fit(without(rows[known], unseen), share[known], sample_weight=weight[known])


def save(model: CatBoostClassifier, path: Path) -> None:
    """The trees as plain arrays, see ``copydesk.pipeline.extraction.trees``."""
    path_json = path.with_suffix(".json")
    model.save_model(str(path_json), format="json")
    stored = json.loads(path_json.read_text())
    path_json.unlink()
    depth = TREES["depth"]
    columns, thresholds, leaves = [], [], []
    for tree in stored["oblivious_trees"]:
        splits = tree["splits"] or []
        missing = depth - len(splits)
        columns.append([split["float_feature_index"] for split in splits] + [0] * missing)
        thresholds.append([split["border"] for split in splits] + [np.inf] * missing)
        leaves.append(tree["leaf_values"] + [0.0] * ((1 << depth) - len(tree["leaf_values"])))
    scale, bias = stored["scale_and_bias"]
    np.savez_compressed(
        path,
        columns=np.array(columns, dtype=np.uint16),
        thresholds=np.array(thresholds, dtype=np.float32),
        leaves=np.array(leaves, dtype=np.float32) * scale,
        bias=np.float32(bias[0] if isinstance(bias, list) else bias),
        names=np.array(names()),
    )


def cross_validate(pages: list[GoldPage], folds: int, threshold: float) -> None:
    """Prints body scores of each data set, every page scored by a model that saw no page of its domain."""
    scores: dict[str, list[tuple[float, float]]] = {}
    for fold in range(folds):
        held = [page for page in pages if zlib.crc32(page.domain.encode()) % folds == fold]
        model = fit([page for page in pages if zlib.crc32(page.domain.encode()) % folds != fold])
        for page in held:
            if page.gold_text:
                chance = model.predict_proba(page.rows)[:, 1]
                body = " ".join(text for text, p in zip(page.texts, chance, strict=True) if p >= threshold)
                scores.setdefault(page.dataset, []).append(precision_and_recall(page.gold_text, body))
    for dataset, values in scores.items():
        precision, recall = np.mean(values, axis=0)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{dataset:10} pages {len(values):4}  F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}")


def without_each(pages: list[GoldPage], folds: int) -> None:
    """Prints what the body scores without each witness."""
    fold_of = [zlib.crc32(page.domain.encode()) % folds for page in pages]
    parts = (
        ([p for p, of in zip(pages, fold_of, strict=True) if of != fold],
         [p for p, of in zip(pages, fold_of, strict=True) if of == fold])
        for fold in range(folds)
    )  # fmt: skip
    ablate(groups(), parts, fit, lambda page: page.rows, THRESHOLD)


def main() -> None:
    """Trains, or cross-validates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--ablate", action="store_true", help="leave out each witness in turn")
    arguments = parser.parse_args()
    pages = list(read_gold(arguments.directory))
    if arguments.ablate:
        without_each(pages, arguments.folds or 3)
    elif arguments.folds:
        cross_validate(pages, arguments.folds, THRESHOLD)
    else:
        save(fit(pages), OUTPUT)
        record(__file__, OUTPUT.resolve(), reads=[Path(gold.__file__)])


if __name__ == "__main__":
    main()
