"""Fits ``pipeline/extraction/html/headline/title_weights.json``: how much each trait of a would-be headline counts.

usage: python -m training.extraction.html_titles GOLD_DIRECTORY [--folds N]

A conditional logit over the candidates of each page, so that a weight is the log-odds a trait adds. With --folds it
prints the share of right titles by cross-validation over registrable domains. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from copydesk.pipeline.extraction.html.body import read_body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.headline.titles import candidates
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.witnesses import witnesses
from training.extraction import gold
from training.extraction.fold_title import fold_title
from training.manifest import record

OUTPUT = Path("pipeline/extraction/html/headline/title_weights.json")
WEIGHTS = {"pages": 4.0, "wcxb": 1.0, "segments": 1.0, "meta": 1.0, "more": 0.5, "more-meta": 0.5}
PENALTY = 1.0  # of the squared weights


def read_gold(directory: Path) -> list[tuple[str, str, str, list[tuple[str, dict[str, float]]]]]:
    """(data set, domain, gold title, [(candidate, traits)]) of every page with a title."""
    pages = []
    for name in WEIGHTS:
        for page in gold.gold_rows(directory, name):
            if page["gold"].get("title"):
                markup = read_markup(page["html"])
                nodes = json_ld.nodes(markup.json_ld)
                span = read_body(markup, witnesses(markup, nodes)).span
                found = [(c.text, c.traits) for c in candidates(markup, nodes, span[0] if span else None)]
                dataset = name if gold.may_train(page) else f"{name}, not trained on"
                pages.append((dataset, gold.site_of(page), page["gold"]["title"], found))
    return pages


def fit(pages) -> dict[str, float]:
    """Weights that make the gold title the likeliest candidate."""
    names = sorted({trait for *_, found in pages for _, traits in found for trait in traits})
    tables = []
    for name, _, title, found in pages:
        right = np.array([fold_title(text) == fold_title(title) for text, _ in found])
        if name in WEIGHTS and right.any() and not right.all():
            table = np.array([[traits.get(trait, 0.0) for trait in names] for _, traits in found])
            tables.append((WEIGHTS[name], table, right))

    def loss(weights):
        total, slope = PENALTY * weights @ weights, 2 * PENALTY * weights
        for worth, table, right in tables:
            logits = table @ weights
            shares = np.exp(logits - logits.max())
            shares /= shares.sum()
            wanted = shares * right
            total -= worth * np.log(wanted.sum() + 1e-12)
            slope += worth * (shares - wanted / (wanted.sum() + 1e-12)) @ table
        return total, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, best.round(3).tolist(), strict=True))


def choose(weights, found) -> str:
    """The best candidate's text."""
    return max(found, key=lambda c: sum(weights.get(t, 0) * v for t, v in c[1].items()), default=("", {}))[0]


def main() -> None:
    """Fits, or cross-validates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    pages = read_gold(arguments.directory)
    if not arguments.folds:
        OUTPUT.write_text(json.dumps(fit(pages), indent=1, sort_keys=True) + "\n")
        record(__file__, OUTPUT.resolve(), reads=[Path(gold.__file__)])
        return
    right = defaultdict(list)
    for part in range(arguments.folds):
        held = [p for p in pages if zlib.crc32(p[1].encode()) % arguments.folds == part]
        weights = fit([p for p in pages if p not in held])
        for name, domain, title, found in held:
            chosen = choose(weights, found)
            right[name].append(fold_title(chosen) == fold_title(title))
            if arguments.misses and name == "pages" and not right[name][-1]:
                print(domain)
                for text, traits in found:
                    mark = "GOLD" if fold_title(text) == fold_title(title) else "took" if text == chosen else ""
                    if mark:
                        print("   ", mark, text, [t for t, v in traits.items() if v])
    for name, hits in right.items():
        print(f"{name:10} pages {len(hits):4}  right {np.mean(hits):.4f}")


if __name__ == "__main__":
    main()
