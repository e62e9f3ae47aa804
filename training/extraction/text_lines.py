"""Trains ``pipeline/extraction/text/weights.npz``, which tells body, headline, time and authors in a text dump.

usage: python -m training.extraction.text_lines GOLD_DIRECTORY

GOLD_DIRECTORY holds {dumps,news80-dumps,wcxb-dumps,segments-dumps}.dev.jsonl.gz, and the same pages as HTML in files
without ``-dumps``. Where the gold leaves title, date or authors unknown, what the HTML reader finds on the same page
teaches. Only numbers about lines and hashed words are learned, no text ships. ``training.extraction.text_scores``
says what it is worth on sites it has not seen. Needs catboost and scikit-learn.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from copydesk.pipeline.extraction.text import authors, features, roles
from copydesk.pipeline.extraction.text.weights import TASKS, Weights
from copydesk.pipeline.extraction.time.timestamps import read_time
from copydesk.pipeline.extraction.trees import Trees
from training.extraction.dumps import WEIGHTS, Dump, read_gold
from training.extraction.fold_title import fold_title
from training.extraction.html_blocks import TREES, save
from training.manifest import record

OUTPUT = Path("pipeline/extraction/text/weights.npz")
ROLE_TREES = {**TREES, "iterations": 200, "depth": 5, "learning_rate": 0.1, "loss_function": "Logloss"}
PENALTY = 1.0  # inverse, of the lexicon's squared weights
INNER = 3  # parts; what a model says of pages it has not seen teaches the next


def fit_lexicon(dumps: Sequence[Dump]) -> np.ndarray:
    """How much each word, hashed, speaks for body: a logistic regression of lines on their terms."""
    tables = []
    for dump in dumps:
        slots, lines, _, _ = features.terms(dump.characters)
        times = np.bincount(lines, minlength=len(dump.texts))
        shape = (len(dump.texts), 1 << features.LEXICON_BITS)
        tables.append(sparse.csr_matrix((1 / np.sqrt(times[lines]), (lines, slots)), shape=shape))
    share, weight = (np.concatenate([getattr(dump, part) for dump in dumps]) for part in ("share", "weight"))
    known = weight > 0
    model = LogisticRegression(C=PENALTY, max_iter=100, solver="liblinear", random_state=1)
    model.fit(sparse.vstack(tables)[known], share[known] > 0.5, sample_weight=weight[known])
    return np.clip(model.coef_[0], -3, 3).astype(np.float16).astype(np.float32)


def fit_trees(
    tables: Sequence[np.ndarray], wanted: Sequence[np.ndarray], weights: Sequence[np.ndarray], trees: dict[str, Any]
) -> Any:
    """Boosted trees that tell ``wanted`` from ``tables``."""
    rows, share, weight = np.concatenate(tables), np.concatenate(wanted), np.concatenate(weights)
    known = weight > 0
    return CatBoostClassifier(**trees).fit(rows[known], share[known], sample_weight=weight[known])


@dataclass
class Models:
    """What is trained; ``Weights`` is the same as it ships."""

    lexicon: np.ndarray
    body: Any = None
    headline: Any = None
    time: Any = None
    byline: Any = None
    author: Any = None


def chances(model: Any, table: np.ndarray) -> np.ndarray:
    """The chance of each row."""
    return model.predict_proba(table)[:, 1] if len(table) else np.zeros(0)


def train(dumps: list[Dump], held: list[Dump]) -> Models:
    """All models from ``dumps``, each trained on what the ones before it say of pages they have not seen.

    ``held`` are read by the models that saw none of them, as pages are in use.
    """
    part_of = parts(dumps)
    models = Models(see_lines(dumps, held))
    models.body = fit_trees(*each(dumps, "lines", "share", "weight"), TREES)
    for part in range(INNER):
        seen = [dump for dump in dumps if part_of[dump.name] != part]
        model = fit_trees(*each(seen, "lines", "share", "weight"), {**TREES, "iterations": 150, "learning_rate": 0.15})
        for dump in dumps:
            if part_of[dump.name] == part:
                dump.chance = chances(model, dump.lines)
    for dump in held:
        dump.chance = chances(models.body, dump.lines)
    for dump in (*dumps, *held):
        dump.span = roles.body_span(dump.lines, dump.chance)
        dump.table = roles.rows(dump.lines, dump.chance, dump.span, dump.texts)
    models.headline, likely = _role(dumps, held, part_of, _headline_rows, _is_headline)
    for dump in (*dumps, *held):
        lines, chance = likely[dump.name]
        dump.headline = int(lines[chance.argmax()]) if len(lines) else dump.span[0]
        dump.table = roles.seen_from(dump.table, dump.headline)
    models.time, _ = _role(dumps, (), part_of, time_rows, _is_time)
    models.byline, likely = _role(dumps, held, part_of, byline_rows, _is_byline)
    tables, wanted, weights = [], [], []
    for dump in dumps:
        found, table = spans_of(dump, *likely[dump.name])
        if dump.authors and found:
            tables.append(table)
            wanted.append(np.array([fold_title(part.name) in dump.authors for part in found], dtype=np.float32))
            weights.append(_known_weight(dump, "authors", len(found)))
    models.author = fit_trees(tables, wanted, weights, {**ROLE_TREES, "iterations": 250, "depth": 6})
    return models


def parts(dumps: Sequence[Dump]) -> dict[str, int]:
    """The part that each dump's domain falls in, of ``INNER``."""
    return {dump.name: zlib.crc32(dump.domain.encode()[::-1]) % INNER for dump in dumps}


def see_lines(dumps: Sequence[Dump], held: Sequence[Dump]) -> np.ndarray:
    """Fills in ``lines`` of all dumps, and returns the lexicon of ``dumps``.

    Each of ``dumps`` is seen with a lexicon that its own lines have no part in, as ``held`` are.
    """
    part_of, whole = parts(dumps), fit_lexicon(dumps)
    for part in range(INNER):
        lexicon = fit_lexicon([dump for dump in dumps if part_of[dump.name] != part])
        for dump in dumps:
            if part_of[dump.name] == part:
                dump.lines = features.features(dump.texts, dump.characters, lexicon, dump.url)
    for dump in held:
        dump.lines = features.features(dump.texts, dump.characters, whole, dump.url)
    return whole


def as_trees(model: Any) -> Trees:
    """A catboost model as plain arrays."""
    with TemporaryDirectory() as directory:
        save(model, path := Path(directory) / "trees.npz")
        return Trees.load(path)


def each(dumps: Sequence[Dump], *parts: str) -> tuple[list[np.ndarray], ...]:
    """The named parts of all dumps, a list a part."""
    return tuple([getattr(dump, part) for dump in dumps] for part in parts)


def _role(
    dumps: Sequence[Dump],
    held: Sequence[Dump],
    part_of: dict[str, int],
    rows: Callable[[Dump], np.ndarray],
    wanted: Callable[[Dump, np.ndarray], np.ndarray | None],
) -> tuple[Any, dict[str, tuple[np.ndarray, np.ndarray]]]:
    """A model of one role, and for every dump its lines with the chances that a model which saw no page of it gives."""
    lines = {dump.name: rows(dump) for dump in (*dumps, *held)}

    def fit(seen: Sequence[Dump]) -> Any:
        known = [
            (dump, found) for dump in seen if (found := wanted(dump, lines[dump.name])) is not None and found.any()
        ]
        return fit_trees(
            [dump.table[lines[dump.name]] for dump, _ in known],
            [found for _, found in known],
            [np.full(len(found), max(WEIGHTS[dump.dataset], 0.5)) for dump, found in known],
            ROLE_TREES,
        )

    model = fit(dumps)
    likely = {dump.name: (lines[dump.name], chances(model, dump.table[lines[dump.name]])) for dump in held}
    for part in range(INNER):
        other = fit([dump for dump in dumps if part_of[dump.name] != part])
        for dump in (dump for dump in dumps if part_of[dump.name] == part):
            likely[dump.name] = (lines[dump.name], chances(other, dump.table[lines[dump.name]]))
    return model, likely


def _known_weight(dump: Dump, part: str, count: int) -> np.ndarray:
    return np.full(count, max(WEIGHTS[dump.dataset], 0.5) * (1.0 if dump.gold.get(part) else 0.5))


def _headline_rows(dump: Dump) -> np.ndarray:
    return roles.headline_lines(dump.lines, dump.span)


def _is_headline(dump: Dump, lines: np.ndarray) -> np.ndarray | None:
    return np.array([fold_title(dump.texts[i]) == dump.title for i in lines]) if dump.title else None


def time_rows(dump: Dump) -> np.ndarray:
    """The lines that may tell when it was published, and hold a time."""
    lines = roles.time_lines(dump.lines, dump.frame)
    return np.array([i for i in lines if read_time(dump.texts[i])], dtype=np.int64)


def _is_time(dump: Dump, lines: np.ndarray) -> np.ndarray | None:
    return np.array([read_time(dump.texts[i]).when.date() in dump.day for i in lines]) if dump.day else None


def byline_rows(dump: Dump) -> np.ndarray:
    """The lines that may name the authors."""
    return roles.byline_lines(dump.lines, dump.frame)


def _is_byline(dump: Dump, lines: np.ndarray) -> np.ndarray | None:
    if not dump.authors:
        return None
    texts = [f" {fold_title(re.sub('[0-9]', ' ', dump.texts[i]))} " for i in lines]
    return np.array([any(f" {name} " in text for name in dump.authors) for text in texts])


def spans_of(dump: Dump, lines: np.ndarray, chance: np.ndarray) -> tuple[list[authors.Span], np.ndarray]:
    """The would-be names of the likeliest bylines, with their features."""
    likely = authors.likeliest(lines, chance)
    found = [part for number in likely for part in authors.spans(number, dump.texts[number])]
    return found, authors.features(found, dump.texts, dump.chance, likely, dump.frame)


def main() -> None:
    """Trains."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    models = train(list(read_gold(parser.parse_args().directory)), [])
    Weights(models.lexicon, {task: as_trees(getattr(models, task)) for task in TASKS}).save(OUTPUT)
    record(__file__, OUTPUT.resolve())


if __name__ == "__main__":
    main()
