"""How well are pages of unseen sites read, and how fast, beside the extractors that are installed, in one run?

usage: python -m benchmarks.stages.extraction [--folds 5] [--sets pages,…] [--alone] [--limit N] [--shared ../shared]

Cross-validation by site of the whole stage: for each fold a copy of the program is trained without the fold's sites and
reads their pages; what all folds found is scored once. Prints a table a set, in Markdown: body precision, recall and F1
over 4-word shingles, the share of bodies that are exact to the word, titles, days, minutes, authors, pages a second of
one core and the slowest pages. Peers that are not installed are named and left out, with --alone all of them. With
--limit each file has N pages, to learn from and to read: figures say nothing then.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track

from benchmarks.rivals.extractors import OURS, PEERS, installed
from benchmarks.stages.extraction_table import Reader, table
from benchmarks.stages.gold_pages import FILES, PARTS, blind, fewer, pages_of
from benchmarks.stages.unseen import run, taught
from training.extraction.folds import Row, hold_out, rows
from training.manifest import ROOT

JUDGED = (
    "Every page is read by a program that has learned from no page of its site: {folds} folds by site, the whole stage "
    "trained anew without each, what all folds found scored at once; peers by their defaults, on the same pages in the "
    "same run."
)
Found = dict[tuple[str, str], dict[str, Row]]  # by extractor and set, then by id
T = TypeVar("T")


def main() -> None:
    """Trains, reads, scores and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--sets", default=",".join(FILES))
    parser.add_argument("--alone", action="store_true", help="without peers")
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    if not given.shared.is_dir():
        print("skipped: no ../shared")
        return
    peers = [] if given.alone else installed()
    with TemporaryDirectory(prefix="copydesk-unseen-") as directory:
        made = Path(directory)
        gold = given.shared / "data/extraction"
        if given.limit:
            gold = fewer(gold, given.limit, made / "few")
        sets = {name: pages_of(name, gold) for name in given.sets.split(",")}
        found = read(sets, learners(gold, given.folds, made), peers, made)
    print(JUDGED.format(folds=given.folds))
    for text in tables(sets, found, [OURS, *peers], scorer(given.shared)):
        print(f"\n{text}", flush=True)
    print(f"\n{failures(found)}")
    if missing := [] if given.alone else sorted(PEERS.keys() - set(peers)):
        print(f"Not installed: {', '.join(missing)}.")


def learners(gold: Path, folds: int, made: Path) -> list[Path]:
    """A program for each fold, that has learned from ``gold`` without the fold's sites."""
    jobs = [partial(taught, made / "programs" / rest.name, rest) for rest in hold_out(gold, folds, made / "gold")]
    return together(jobs, "learning without a fold")


def read(sets: dict[str, list[Row]], programs: Sequence[Path], peers: Sequence[str], made: Path) -> Found:
    """What is found on all pages: by ours in the copy that has not seen the page's site, by each of ``peers``."""
    files = blind(sets, len(programs), made)
    jobs, outputs = [], []
    for fold, (program, pages) in enumerate(zip(programs, files, strict=True)):
        for name in (OURS, *peers):
            output = made / f"{name}-{fold}.jsonl"
            place = program if name == OURS else ROOT
            jobs.append(partial(run, place, "benchmarks.rivals.reading", name, pages, output))
            outputs.append((name, output))
    together(jobs, "reading")
    found: Found = defaultdict(dict)
    for name, output in outputs:
        for row in rows(output):
            found[name, row["set"]][row["id"]] = row
    return found


def together(jobs: Sequence[Callable[[], T]], saying: str) -> list[T]:
    """What ``jobs`` give, done as many at once as there are cores, with a bar on stderr."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waited = [pool.submit(job) for job in jobs]
        try:
            for done in track(as_completed(waited), saying, total=len(jobs), console=Console(stderr=True)):
                done.result()
        finally:
            pool.shutdown(cancel_futures=True)
    return [done.result() for done in waited]


def tables(
    sets: dict[str, list[Row]], found: Found, names: Sequence[str], score: Callable[..., dict[str, Any]]
) -> Iterator[str]:
    """A table for each set, and for each of its parts that is shown by itself."""
    for name, pages in sets.items():
        field, values = PARTS.get(name, ("", ()))
        parts = {name: pages, **{f"{name}: {value}": [p for p in pages if p.get(field) == value] for value in values}}
        for title, part in parts.items():
            if part:
                readers = [Reader.of(reader, part, found[reader, name], score) for reader in names]
                yield f"### {title}, {len(part):,} pages\n\n{table(readers)}"


def failures(found: Found) -> str:
    """Why pages came out as no article, by extractor."""
    errors: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (reader, _), pages in found.items():
        errors[reader].update(row["error"].partition(":")[0] for row in pages.values() if "error" in row)
    told = {reader: ", ".join(f"{n} {name}" for name, n in why.most_common()) for reader, why in errors.items()}
    return f"Pages without an article: {'; '.join(f'{reader} {why or 0}' for reader, why in told.items())}."


def scorer(shared: Path) -> Callable[..., dict[str, Any]]:
    """The function that scores what was found against gold."""
    spec = spec_from_file_location("extraction_score", shared / "score/extraction.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"no scorer in {shared}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
