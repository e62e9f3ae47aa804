"""The sets of pages that extraction is judged by."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from training.extraction.folds import PAGES, Row, beside_pages, fold_of, opened, rows

FILES: Final = {
    "pages": "pages.dev.jsonl.gz",
    "news80": "news80.dev.jsonl.gz",
    "wcxb": "wcxb.dev.jsonl.gz",
    "more": "more.train.jsonl.xz",
    "more-meta": "more-meta.train.jsonl.xz",
    "dumps": "dumps.dev.jsonl.gz",
    "news80-dumps": "news80-dumps.dev.jsonl.gz",
    "more-dumps": "more.train.jsonl.xz",  # made of them
}
PARTS: Final = {
    "pages": ("source_dataset", ("article-extraction-benchmark", "fundus")),
    "more": ("language", ("ru", "ja")),
}  # of a set, that are shown by themselves: by which field, and what it says
EVERY: Final = 3  # page of ``more`` is read as a dump, too
SEEN: Final = ("id", "url", "fetched_at", "html", "text")  # by an extractor; of gold but the language


def pages_of(name: str, gold: Path) -> list[Row]:
    """The pages of a set; ``gold`` holds ``FILES`` and the script that makes dumps of pages."""
    found = rows(gold / FILES[name])
    return dumps_of(found, gold / "make_dumps.py") if name == "more-dumps" else list(found)


def dumps_of(pages: Iterable[Row], script: Path) -> list[Row]:
    """The visible text of every third page, a line a block; those with hardly any are left out."""
    with TemporaryDirectory() as directory:
        source, target = Path(directory) / "pages.jsonl.xz", Path(directory) / "dumps.jsonl.gz"
        write((page for page in pages if chance(page) % EVERY == 0), source)
        subprocess.run([sys.executable, script, source, target], stdout=subprocess.DEVNULL, check=True)
        return list(rows(target))


def chance(row: Row) -> int:
    """The same for the same page, whatever set it stands in."""
    return zlib.crc32(row["id"].encode())


def fewer(gold: Path, limit: int, into: Path) -> Path:
    """A directory like ``gold`` with ``limit`` pages a file."""
    beside_pages(gold, into)
    for source in sorted(gold.glob(PAGES)):
        write(sorted(rows(source), key=chance)[:limit], into / source.name)
    return into


def write(found: Iterable[Row], path: Path) -> None:
    """JSON Lines, compressed."""
    with opened(path, "wb") as file:
        file.writelines(json.dumps(row).encode() + b"\n" for row in found)


def blind(sets: dict[str, list[Row]], folds: int, into: Path) -> list[Path]:
    """For each fold a file of its pages of all sets, without what is known of them."""
    files = [into / f"{fold}.jsonl.gz" for fold in range(folds)]
    for fold, path in enumerate(files):
        write((_blind(row, name) for name, found in sets.items() for row in found if fold_of(row, folds) == fold), path)
    return files


def _blind(row: Row, name: str) -> Row:
    seen = {field: row[field] for field in SEEN if field in row}
    return {"url": None, "fetched_at": None, **seen, "set": name, "language": row["gold"].get("language")}
