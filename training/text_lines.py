"""Trains ``pipeline/extraction/text/weights.npz``, which tells body, headline, time and authors in a text dump.

usage: python -m training.text_lines GOLD_DIRECTORY [--folds N] [--ablate]

GOLD_DIRECTORY holds {dumps,news80-dumps,wcxb-dumps,segments-dumps}.dev.jsonl.gz, and the same pages as HTML in files
without ``-dumps``. Where the gold leaves title, date or authors unknown, what the HTML reader finds on the same page
teaches. Only numbers about lines and hashed words are learned, no text ships. With --folds it writes nothing but prints
scores of N-fold cross-validation by registrable domain, so that no site is both trained on and scored; with --ablate,
what the body's are without each witness. Needs catboost and scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from tld import get_fld

from pipeline.extraction.clean_text import clean_text
from pipeline.extraction.html import json_ld, people, times
from pipeline.extraction.html.body import read_body
from pipeline.extraction.html.markup import read_markup
from pipeline.extraction.html.titles import choose_title
from pipeline.extraction.html.witnesses import witnesses
from pipeline.extraction.text import authors, features, reading, roles
from pipeline.extraction.text.characters import Characters
from pipeline.extraction.text.explain import groups
from pipeline.extraction.text.lines import split_lines
from pipeline.extraction.text.weights import TASKS, Weights
from pipeline.extraction.timestamps import read_time
from pipeline.extraction.trees import Trees
from training.ablation import ablate, without
from training.block_labels import labels
from training.body_score import precision_and_recall
from training.html_blocks import TREES, save
from training.manifest import record

OUTPUT = Path("pipeline/extraction/text/weights.npz")
# Guides and blogs have other customs than news; snippets label few lines but of many sites.
WEIGHTS = {"dumps": 1.0, "news80-dumps": 1.0, "wcxb-dumps": 0.3, "segments-dumps": 0.4}
ROLE_TREES = {**TREES, "iterations": 200, "depth": 5, "learning_rate": 0.1, "loss_function": "Logloss"}
PENALTY = 1.0  # inverse, of the lexicon's squared weights
INNER = 3  # parts; what a model says of pages it has not seen teaches the next
STRANGE = range(30, 150)  # characters of a line that may stand on top of another page
CROPPED = 0.4  # weight of a cropped dump, to that of the whole
FAR = datetime(2027, 1, 1, tzinfo=UTC)  # for pages that do not say when they were fetched


@dataclass
class Dump:
    """A dump, what is known of it, and what the models trained so far make of it."""

    name: str
    dataset: str
    domain: str
    url: str | None
    texts: list[str]
    characters: Characters
    gold_text: str | None
    share: np.ndarray  # of each line, that is body; -1: unknown
    weight: np.ndarray
    title: str | None
    day: frozenset[date]
    authors: frozenset[str]
    gold: dict[str, Any]  # what is scored
    whole: bool = True
    lines: np.ndarray = field(default_factory=lambda: np.empty(0))
    chance: np.ndarray = field(default_factory=lambda: np.empty(0))
    span: tuple[int, int] = (0, 0)
    table: np.ndarray = field(default_factory=lambda: np.empty(0))
    headline: int = 0

    @property
    def frame(self) -> roles.Frame:
        """Where headline and body stand."""
        return roles.Frame(self.headline, *self.span)


def folded(text: str) -> str:
    """Words without case, accents and punctuation, as the scorer compares them."""
    text = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c))))


def read_gold(directory: Path) -> Iterator[Dump]:
    """Every dump of which anything is known, and of those with a body two cropped ones."""
    strange = [""]
    for dataset, weight in WEIGHTS.items():
        taught = dict(_taught(directory, dataset.removesuffix("dumps").strip("-") or "pages"))
        with gzip.open(directory / f"{dataset}.dev.jsonl.gz", "rt", encoding="utf-8") as rows:
            for page in map(json.loads, rows):
                texts = [line.text[: reading.SEEN] for line in split_lines(page["text"])]
                if texts and len(texts) < 5_000:
                    yield (whole := _dump(page, dataset, weight, texts, taught.get(page["id"], {})))
                    if whole.gold_text and (whole.share > 0.5).any():
                        yield from (_cropped(whole, strange, way) for way in "ab")
                        cut = [text for text, share in zip(texts, whole.share, strict=True) if not share]
                        strange = [text for text in cut if len(text) in STRANGE] or strange


def _taught(directory: Path, dataset: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the markup of each page tells."""
    with gzip.open(directory / f"{dataset}.dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for page in map(json.loads, rows):
            markup = read_markup(page["html"])
            nodes = json_ld.nodes(markup.json_ld)
            span = read_body(markup, witnesses(markup, nodes)).span
            published = times.published(markup, nodes, page["url"], FAR, span)
            yield (
                page["id"],
                {
                    "title": choose_title(markup, nodes, span[0] if span else None),
                    "authors": people.authors(markup, nodes, span),
                    "date_published": published.when.isoformat() if published else None,
                },
            )


def _dump(page: dict[str, Any], dataset: str, weight: float, texts: list[str], taught: dict[str, Any]) -> Dump:
    gold = page["gold"]
    if gold.get("text"):
        share = np.array(labels(texts, clean_text(gold["text"])), dtype=np.float32)
    else:
        share = np.array([_snippet(text, gold) for text in texts], dtype=np.float32)
    worth = np.sqrt(np.minimum([len(text) for text in texts], 1500)) / 7 + 0.15
    worth = np.where(share < 0, 0, worth)
    if gold.get("text"):
        worth = worth * (20 / worth.sum())  # every page weighs the same
    known = {key: gold.get(key) or taught.get(key) for key in ("title", "authors", "date_published")}
    return Dump(
        name=page["id"],
        dataset=dataset,
        domain=get_fld(page["url"] or "", fail_silently=True) or page["id"],
        url=page["url"],
        texts=texts,
        characters=Characters.of(texts),
        gold_text=gold.get("text"),
        share=share,
        weight=worth * weight,
        title=folded(known["title"]) if known["title"] else None,
        day=_days(known["date_published"]),
        authors=frozenset(map(folded, known["authors"] or ())),
        gold=gold,
    )


def _cropped(whole: Dump, strange: list[str], way: str) -> Dump:
    """A dump of which a feeder has cut away most of what is not the article, and lost the address.

    On top of two of three stands a line of ``strange`` that has nothing to do with it, as reader comments do.
    """
    body = np.flatnonzero(whole.share > 0.5)
    chance = zlib.crc32(f"{whole.name} {way}".encode())
    titles = [i for i in range(body[0]) if whole.title and folded(whole.texts[i]) == whole.title]
    first = titles[-1] if titles and body[0] - titles[-1] < 30 else body[0]
    start, end = max(0, first - chance % 7), body[-1] + 1 + chance // 7 % 9
    above = [strange[chance % len(strange)]] if chance % 3 and strange[0] else []
    at = first if way == "b" else start  # right above the headline, or on top
    texts = [*whole.texts[start:at], *above, *whole.texts[at:end]]
    share, weight = (np.insert(part[start:end], [at - start] * len(above), 0.0) for part in (whole.share, whole.weight))
    weight[at - start : at - start + len(above)] = weight.mean()
    return replace(
        whole,
        name=f"{whole.name} cropped {way}",
        whole=False,
        url=None,
        texts=texts,
        characters=Characters.of(texts),
        share=share.astype(np.float32),
        weight=weight * (CROPPED * whole.weight.sum() / weight.sum()),
    )


def _snippet(text: str, gold: dict[str, Any]) -> float:
    if any(snippet in text for snippet in gold.get("must_have") or ()):
        return 1.0
    return 0.0 if any(snippet in text for snippet in gold.get("must_not") or ()) else -1.0


def _days(moment: str | None) -> frozenset[date]:
    """The calendar day, in the page's own zone and in UTC."""
    try:
        when = datetime.fromisoformat((moment or "").replace("Z", "+00:00"))
    except ValueError:
        return frozenset()
    return frozenset({when.date(), (when.astimezone(UTC) if when.tzinfo else when).date()})


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
    models.body = fit_trees(*_each(dumps, "lines", "share", "weight"), TREES)
    for part in range(INNER):
        seen = [dump for dump in dumps if part_of[dump.name] != part]
        model = fit_trees(*_each(seen, "lines", "share", "weight"), {**TREES, "iterations": 150, "learning_rate": 0.15})
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
    models.time, _ = _role(dumps, (), part_of, _time_rows, _is_time)
    models.byline, likely = _role(dumps, held, part_of, _byline_rows, _is_byline)
    tables, wanted, weights = [], [], []
    for dump in dumps:
        found, table = spans_of(dump, *likely[dump.name])
        if dump.authors and found:
            tables.append(table)
            wanted.append(np.array([folded(part.name) in dump.authors for part in found], dtype=np.float32))
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


def _each(dumps: Sequence[Dump], *parts: str) -> tuple[list[np.ndarray], ...]:
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
    return np.array([folded(dump.texts[i]) == dump.title for i in lines]) if dump.title else None


def _time_rows(dump: Dump) -> np.ndarray:
    lines = roles.time_lines(dump.lines, dump.frame)
    return np.array([i for i in lines if read_time(dump.texts[i])], dtype=np.int64)


def _is_time(dump: Dump, lines: np.ndarray) -> np.ndarray | None:
    return np.array([read_time(dump.texts[i]).when.date() in dump.day for i in lines]) if dump.day else None


def _byline_rows(dump: Dump) -> np.ndarray:
    return roles.byline_lines(dump.lines, dump.frame)


def _is_byline(dump: Dump, lines: np.ndarray) -> np.ndarray | None:
    if not dump.authors:
        return None
    texts = [f" {folded(re.sub('[0-9]', ' ', dump.texts[i]))} " for i in lines]
    return np.array([any(f" {name} " in text for name in dump.authors) for text in texts])


def spans_of(dump: Dump, lines: np.ndarray, chance: np.ndarray) -> tuple[list[authors.Span], np.ndarray]:
    """The would-be names of the likeliest bylines, with their features."""
    likely = authors.likeliest(lines, chance)
    found = [part for number in likely for part in authors.spans(number, dump.texts[number])]
    return found, authors.features(found, dump.texts, dump.chance, likely, dump.frame)


def without_each(dumps: list[Dump], folds: int) -> None:
    """Prints what the body scores without each witness."""

    def split() -> Iterator[tuple[list[Dump], list[Dump]]]:
        for fold in range(folds):
            seen = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds != fold]
            held = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds == fold and dump.whole]
            see_lines(seen, held)
            yield seen, held

    def fit(seen: Sequence[Dump], unseen: Sequence[int]) -> Any:
        tables, share, weight = _each(seen, "lines", "share", "weight")
        return fit_trees([without(table, unseen) for table in tables], share, weight, TREES)

    ablate(groups(), split(), fit, lambda dump: dump.lines, reading.BODY)


def cross_validate(dumps: list[Dump], folds: int) -> None:
    """Prints the scores of each data set; each dump is read by models that saw none of its domain."""
    scores: dict[tuple[str, str], list[Any]] = {}

    def note(dump: Dump, measure: str, value: Any) -> None:
        scores.setdefault((dump.dataset, measure), []).append(value)

    for fold in range(folds):
        held = [dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds == fold and dump.whole]
        models = train([dump for dump in dumps if zlib.crc32(dump.domain.encode()) % folds != fold], held)
        for dump in held:
            if dump.gold_text:
                labels = reading.body_labels(dump.texts, dump.lines, dump.chance)
                kept = " ".join(text for text, label in zip(dump.texts, labels, strict=True) if label == "body")
                note(dump, "body", precision_and_recall(dump.gold_text, kept))
            if dump.gold.get("title"):
                note(dump, "title", folded(dump.texts[dump.headline]) == folded(dump.gold["title"]))
            if days := _days(dump.gold.get("date_published")):
                lines = _time_rows(dump)
                chance = chances(models.time, dump.table[lines])
                best = read_time(dump.texts[lines[chance.argmax()]]) if len(lines) else None
                note(dump, "day", best is not None and best.when.date() in days)
            if wanted := set(map(folded, dump.gold.get("authors") or ())):
                lines = _byline_rows(dump)
                found, table = spans_of(dump, lines, chances(models.byline, dump.table[lines]))
                chance = chances(models.author, table)
                names = {folded(part.name) for part in authors.choose(found, chance)}
                note(dump, "authors", 2 * len(wanted & names) / (len(wanted) + len(names)))
        print(f"fold {fold + 1} of {folds}", flush=True)
    for (dataset, measure), values in sorted(scores.items()):
        if measure.startswith("body"):
            precision, recall = np.mean(values, axis=0)
            f1 = 2 * precision * recall / (precision + recall)
            print(f"{dataset:14} {measure:22} {len(values):4}  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")
        else:
            print(f"{dataset:14} {measure:22} {len(values):4}  {np.mean(values):.4f}")


def main() -> None:
    """Trains, or cross-validates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--ablate", action="store_true", help="leave out each witness in turn")
    arguments = parser.parse_args()
    dumps = list(read_gold(arguments.directory))
    if arguments.ablate:
        without_each(dumps, arguments.folds or 3)
        return
    if arguments.folds:
        cross_validate(dumps, arguments.folds)
        return
    models = train(dumps, [])
    trees = {task: as_trees(getattr(models, task)) for task in TASKS}
    Weights(models.lexicon, trees).save(OUTPUT)
    record(__file__, OUTPUT.resolve())


if __name__ == "__main__":
    main()
